package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.spawner.message.SpawnerCodec;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, the same lines in whatever pieces the bytes come. A line that is too long is told
 * of once and skipped up to its end: a spawner that never ends its line must not take our memory. For one thread.
 */
final class LineFraming {

    /** Takes what was cut. */
    interface Sink {
        /** @param line without its end */
        void line(byte[] line);

        void oversizeLine();
    }

    private static final int FIRST_BYTES = 1024;
    private static final int KEPT_BYTES = 1 << 16;

    private final Sink sink;
    private final int maxBytes;
    private byte[] line = new byte[FIRST_BYTES];
    private int length;
    private boolean isSkipping;

    LineFraming(Sink sink) {
        this(sink, SpawnerCodec.MAX_LINE_BYTES);
    }

    /** @param maxBytes what a line has at most, its end counted */
    LineFraming(Sink sink, int maxBytes) {
        this.sink = requireNonNull(sink);
        this.maxBytes = maxBytes;
    }

    void add(byte[] bytes, int count) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                append(bytes, from, i);
                endLine();
                from = i + 1;
            }
        }
        append(bytes, from, count);
    }

    private void append(byte[] bytes, int from, int end) {
        if (isSkipping) {
            return;
        }
        int count = end - from;
        if (length + count >= maxBytes) {
            isSkipping = true;
            sink.oversizeLine();
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(maxBytes, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    private void endLine() {
        boolean isWhole = !isSkipping;
        byte[] whole = isWhole ? Arrays.copyOf(line, length) : line;
        isSkipping = false;
        length = 0;
        if (line.length > KEPT_BYTES) {
            line = new byte[FIRST_BYTES];
        }
        if (isWhole) {
            sink.line(whole);
        }
    }
}
