package dev.gatun.process;

/**
 * A line that a process wrote.
 *
 * @param text without its end; bytes that are no UTF-8 are replaced
 * @param truncated whether the line was longer than this
 */
public record OutputLine(String text, boolean truncated) {

    /** The text, with a mark at its end where something is missing. */
    public String marked() {
        return truncated ? text + "... [TRUNCATED]" : text;
    }
}
