package dev.gatun.log;

/** Words a line that stands where output was lost. Called by any thread, one at a time. */
@FunctionalInterface
public interface LossNotice {

    /** {@code gatun: 1234 lines (56789 bytes) of output were lost here}, for output that is text. */
    LossNotice PLAIN = (lines, bytes) -> sentence(lines, bytes) + "\n";

    /**
     * One line with its end, of at most 1000 characters.
     *
     * @param lines how many lines are missing or are not whole
     * @param bytes how many bytes of them are missing
     */
    String line(long lines, long bytes);

    /** The words themselves, without a line end. */
    static String sentence(long lines, long bytes) {
        return "gatun: " + lines + (lines == 1 ? " line (" : " lines (") + bytes + (bytes == 1 ? " byte" : " bytes")
                + ") of output " + (lines == 1 ? "was" : "were") + " lost here";
    }
}
