package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * Bytes between one who must not wait and one who may be slow. When it is full it loses whole lines, counts them, and
 * says so where they are missing. For one thread at a time.
 *
 * <p>It begins to keep lines again when it is half empty, not at the first free byte: a flood would otherwise be torn
 * into single lines with a notice between each two.
 */
final class LossyBuffer {

    static final int MIN_CAPACITY_BYTES = 4096;

    /** As much memory as it has at first, and keeps when it is empty. */
    private static final int IDLE_BYTES = 4096;

    /** A line that goes on for longer is taken to end: output without line ends must not be lost for ever. */
    private static final int MAX_LOST_LINE_BYTES = 1 << 16;

    private final int capacityBytes;
    private final LossNotice notice;

    private byte[] ring = new byte[IDLE_BYTES];
    private int head;
    private int size;

    /** Whether the latest byte is inside a line, so that a notice has to end it first. */
    private boolean isInLine;

    /** Whether bytes are being lost; and if so, whether the line that they are of goes on. */
    private boolean isLosing;

    private boolean isInLostLine;
    private int lostOfLineBytes;

    /** Not yet told of. */
    private long untoldLines;

    private long untoldBytes;
    private long lostLines;
    private long lostBytes;

    /**
     * An empty buffer.
     *
     * @param capacityBytes 4096 or more
     */
    LossyBuffer(int capacityBytes, LossNotice notice) {
        if (capacityBytes < MIN_CAPACITY_BYTES) {
            throw new IllegalArgumentException(
                    "a buffer of " + capacityBytes + " bytes; expected at least " + MIN_CAPACITY_BYTES);
        }
        this.capacityBytes = capacityBytes;
        this.notice = requireNonNull(notice);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Since the beginning; with those told of. */
    long lostLines() {
        return lostLines;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** Keeps the bytes, or as many of their lines as there is room for. */
    void put(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        if (isLosing) {
            from = loseLine(bytes, from, end);
            resume();
        }
        if (isLosing) {
            lose(bytes, from, end);
            return;
        }
        int room = Math.max(0, capacityBytes - size);
        int fitting = end - from <= room ? end : lineEnd(bytes, from, from + room);
        append(bytes, from, fitting - from);
        if (fitting < end && isInLine && bytes[fitting] == '\n') {
            // All of the line is here but its end, for which there is always room.
            append(bytes, fitting++, 1);
        }
        if (fitting < end) {
            isLosing = true;
            lose(bytes, fitting, end);
        }
    }

    /** Moves bytes into the array, whole lines if one ends there and not all fit, and gives their number. */
    int take(byte[] target) {
        int count = Math.min(size, target.length);
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, target, 0, first);
        System.arraycopy(ring, 0, target, first, count - first);
        if (count < size) {
            int end = lineEnd(target, 0, count);
            count = end == 0 ? count : end;
        }
        head = (head + count) % ring.length;
        size -= count;
        if (size == 0 && ring.length > IDLE_BYTES) {
            ring = new byte[IDLE_BYTES];
            head = 0;
        }
        resume();
        return count;
    }

    /** Says what is still untold of, since nothing will follow. */
    void finish() {
        isInLostLine = false;
        resume();
    }

    /** Counts as lost what was taken and went nowhere, and all that is left here. */
    void abandon(byte[] taken, int offset, int end) {
        isLosing = true;
        lose(taken, offset, end);
        for (int i = 0; i < size; i++) {
            loseByte(ring[(head + i) % ring.length]);
        }
        size = 0;
    }

    private void resume() {
        if (!isLosing || isInLostLine || size > capacityBytes / 2) {
            return;
        }
        if (untoldBytes > 0) {
            String line = notice.line(untoldLines, untoldBytes);
            byte[] bytes = (isInLine ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
            if (bytes.length > capacityBytes - size) {
                return;
            }
            append(bytes, 0, bytes.length);
        }
        untoldLines = 0;
        untoldBytes = 0;
        isLosing = false;
    }

    /** Loses the rest of a line that is being lost, and gives the beginning of the next. */
    private int loseLine(byte[] bytes, int from, int end) {
        int at = from;
        while (isInLostLine && at < end) {
            loseByte(bytes[at++]);
        }
        return at;
    }

    private void lose(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            loseByte(bytes[i]);
        }
    }

    private void loseByte(byte lost) {
        if (!isInLostLine) {
            isInLostLine = true;
            lostOfLineBytes = 0;
            untoldLines++;
            lostLines++;
        }
        untoldBytes++;
        lostBytes++;
        lostOfLineBytes++;
        isInLostLine = lost != '\n' && lostOfLineBytes < MAX_LOST_LINE_BYTES;
    }

    /** The end of the last line that ends in a range, or the beginning of the range. */
    private static int lineEnd(byte[] bytes, int from, int end) {
        int at = end;
        while (at > from && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private void append(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (size + length > ring.length) {
            grow(size + length);
        }
        int tail = (head + size) % ring.length;
        int first = Math.min(length, ring.length - tail);
        System.arraycopy(bytes, offset, ring, tail, first);
        System.arraycopy(bytes, offset + first, ring, 0, length - first);
        size += length;
        isInLine = bytes[offset + length - 1] != '\n';
    }

    private void grow(int needed) {
        byte[] larger = new byte[Math.min(capacityBytes + 1, Math.max(needed, 2 * ring.length))];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, size - first);
        ring = larger;
        head = 0;
    }
}
