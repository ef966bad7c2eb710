package dev.gatun.log;

/** How an event becomes a line. A log asks for one line at a time, from any thread. */
@FunctionalInterface
public interface LineLayout {

    /**
     * One line with its end, and no other line end in it.
     *
     * @param program whose log it is
     * @param message one line of text
     * @param fields names and values by turns
     */
    String line(String program, Level level, String message, Object... fields);

    /** Whether the first part of a line is of use without the rest. Half a JSON object is not. */
    default boolean survivesACut() {
        return true;
    }
}
