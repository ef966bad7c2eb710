package dev.gatun.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last lines of an output that are not blank, for messages about its end. For the loop's thread. */
public final class Tail {

    private final int maxLines;
    private final int maxBytes;
    private final ArrayDeque<Entry> lines = new ArrayDeque<>();
    private int bytes;

    /**
     * An empty tail.
     *
     * @param maxLines how many lines are kept; 0 keeps none
     * @param maxBytes how many bytes they may take together as UTF-8; a single line that is longer is cut
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
        return maxLines > 0 && maxBytes > 0;
    }

    /** Takes a line; the oldest go to make room. */
    public void add(OutputLine line) {
        if (!keepsLines() || line.text().isBlank()) {
            return;
        }
        Entry entry = Entry.of(line.marked(), maxBytes);
        lines.addLast(entry);
        bytes += entry.bytes();
        while (lines.size() > maxLines || bytes > maxBytes) {
            bytes -= lines.removeFirst().bytes();
        }
    }

    /** The lines, the oldest first, those that were cut with a mark. */
    public List<String> lines() {
        List<String> texts = new ArrayList<>(lines.size());
        for (Entry entry : lines) {
            texts.add(entry.text());
        }
        return List.copyOf(texts);
    }

    /** Another one of this size, with nothing in it. */
    Tail another() {
        return new Tail(maxLines, maxBytes);
    }

    /** A line, and how many bytes it has as UTF-8. */
    private record Entry(String text, int bytes) {

        /** As much of a text as fits. Without making the bytes: this is done for every line of a flood. */
        static Entry of(String text, int maxBytes) {
            int bytes = 0;
            int at = 0;
            while (at < text.length()) {
                int character = text.codePointAt(at);
                int size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
                if (bytes + size > maxBytes) {
                    return new Entry(text.substring(0, at), bytes);
                }
                bytes += size;
                at += Character.charCount(character);
            }
            return new Entry(text, bytes);
        }
    }
}
