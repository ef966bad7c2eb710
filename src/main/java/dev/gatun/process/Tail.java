package dev.gatun.process;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines of an output that are not blank, for messages about its end. For the loop's thread. */
public final class Tail {

    private final int maxLines;
    private final int maxBytes;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private int bytes;

    /**
     * An empty tail.
     *
     * @param maxLines how many lines are kept; 0 keeps none
     * @param maxBytes how many bytes they may take together as UTF-8; of a single line that is longer, nothing is kept
     */
    public Tail(int maxLines, int maxBytes) {
        if (maxLines < 0 || maxBytes < 0) {
            throw new IllegalArgumentException(
                    "a tail of " + maxLines + " lines and " + maxBytes + " bytes; expected 0 or more of each");
        }
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /** Whether there is any use in lines. */
    boolean keepsLines() {
        return maxLines > 0;
    }

    /** Takes a line; the oldest go to make room. */
    public void add(OutputLine line) {
        if (!keepsLines() || line.text().isBlank()) {
            return;
        }
        String text = line.marked();
        lines.addLast(text);
        bytes += utf8Bytes(text);
        while (lines.size() > maxLines || bytes > maxBytes) {
            bytes -= utf8Bytes(lines.removeFirst());
        }
    }

    /** The lines, the oldest first, those that were cut with a mark. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Another one of this size, with nothing in it. */
    Tail another() {
        return new Tail(maxLines, maxBytes);
    }

    /** Without making the bytes: this is done for every line of a flood. */
    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair stands for two of its four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
