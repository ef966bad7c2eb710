package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Makes lines of a stream of bytes, the same lines in whatever pieces the bytes come. Lines end in LF or CR LF. One of
 * more than 4096 bytes is cut, between two characters, and what follows up to its end is left out: a program that never
 * ends its line must not take our memory. For one thread.
 */
public final class LineSplitter {

    /** Takes lines, one after the other. */
    @FunctionalInterface
    public interface LineConsumer {
        void line(OutputLine line);
    }

    public static final int MAX_LINE_BYTES = 4096;

    private static final int FIRST_BYTES = 256;

    private final LineConsumer consumer;

    /** The line so far. It may get one byte more than is kept, since that may be the CR of its end. */
    private byte[] line = new byte[FIRST_BYTES];

    private int length;

    /** Whether the line was handed on already, and only its end is waited for. */
    private boolean isCut;

    public LineSplitter(LineConsumer consumer) {
        this.consumer = requireNonNull(consumer);
    }

    /** Takes the next bytes. */
    public void add(byte[] bytes, int offset, int count) {
        int from = offset;
        int end = offset + count;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                append(bytes, from, i);
                endLine();
                from = i + 1;
            }
        }
        append(bytes, from, end);
    }

    /** Hands on a last line that has no end. */
    public void end() {
        if (length > 0 && !isCut) {
            emit(Math.min(length, MAX_LINE_BYTES), length > MAX_LINE_BYTES);
        }
        isCut = false;
        length = 0;
    }

    private void append(byte[] bytes, int from, int end) {
        if (isCut) {
            return;
        }
        int fitting = Math.min(end - from, MAX_LINE_BYTES + 1 - length);
        if (length + fitting > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_LINE_BYTES + 1, Math.max(2 * line.length, length + fitting)));
        }
        System.arraycopy(bytes, from, line, length, fitting);
        length += fitting;
        boolean isTooLong = fitting < end - from || length > MAX_LINE_BYTES && line[MAX_LINE_BYTES] != '\r';
        if (isTooLong) {
            emit(lastBoundary(), true);
            isCut = true;
        }
    }

    private void endLine() {
        if (!isCut) {
            emit(length > 0 && line[length - 1] == '\r' ? length - 1 : length, false);
        }
        isCut = false;
        length = 0;
    }

    private void emit(int count, boolean truncated) {
        consumer.line(new OutputLine(new String(line, 0, count, StandardCharsets.UTF_8), truncated));
    }

    /** The last place to cut that is not inside a character, which has up to three bytes {@code 10xxxxxx}. */
    private int lastBoundary() {
        int at = MAX_LINE_BYTES;
        while (at > MAX_LINE_BYTES - 3 && (line[at] & 0xc0) == 0x80) {
            at--;
        }
        // Without a first byte before them they are no character.
        return (line[at] & 0xc0) == 0x80 ? MAX_LINE_BYTES : at;
    }
}
