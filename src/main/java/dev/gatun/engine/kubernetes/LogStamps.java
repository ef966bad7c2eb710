package dev.gatun.engine.kubernetes;

import dev.gatun.process.ProcOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Takes the times off the lines of a log, and remembers them: when the log has to be asked for again, from a whole second
 * on, it leaves out what has been there already, also of a line that was cut in the middle. For one thread.
 */
final class LogStamps {

    /** More than a time in RFC 3339 with nanoseconds and zone has. */
    private static final int MAX_STAMP_BYTES = 40;

    private final ProcOutput.Receiver receiver;
    private final byte[] stamp = new byte[MAX_STAMP_BYTES];
    private int stampBytes;
    private boolean isInStamp = true;

    /** Of the line that is being read: its time, how much of it has come in this stream, how much is to be left out. */
    private Instant lineTime;

    private long lineBytes;
    private long bytesToSkip;

    /** Of all streams: the time of the last line, how many lines with that time are complete, how much of the next. */
    private Instant lastTime;

    private int lastLines;
    private long lastPartialBytes;

    /** In this stream: how many lines of the last time are to be left out, and how much of the one after them. */
    private Instant knownTime;

    private int knownLines;
    private long knownPartialBytes;

    LogStamps(ProcOutput.Receiver receiver) {
        this.receiver = receiver;
    }

    /** The time from which on to ask again; empty where there was nothing yet. */
    Optional<Instant> lastTime() {
        return Optional.ofNullable(lastTime);
    }

    /** What follows is from a stream that begins at {@link #lastTime} or before. */
    void streamBegins() {
        isInStamp = true;
        stampBytes = 0;
        knownTime = lastTime;
        knownLines = lastLines;
        knownPartialBytes = lastPartialBytes;
    }

    void add(byte[] bytes, int offset, int count) {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            at = isInStamp ? addStamp(bytes, at, end) : addText(bytes, at, end);
        }
    }

    private int addStamp(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            boolean isOver = bytes[at] == ' ' || bytes[at] == '\n' || stampBytes == MAX_STAMP_BYTES;
            if (isOver) {
                return beginText(bytes, at);
            }
            stamp[stampBytes++] = bytes[at];
        }
        return end;
    }

    private int beginText(byte[] bytes, int at) {
        isInStamp = false;
        lineBytes = 0;
        bytesToSkip = 0;
        Optional<Instant> time = time(new String(stamp, 0, stampBytes, StandardCharsets.US_ASCII));
        if (time.isEmpty()) {
            // Not a line of the log but of the kubelet, which has something to say about it.
            lineTime = null;
            receiver.bytes(stamp, 0, stampBytes);
            return at;
        }
        lineTime = time.get();
        decide();
        return bytes[at] == ' ' ? at + 1 : at;
    }

    /** How much of the line that begins has been there already. */
    private void decide() {
        if (knownTime == null || lineTime.isAfter(knownTime)) {
            knownTime = null;
        } else if (lineTime.isBefore(knownTime) || knownLines > 0) {
            knownLines -= lineTime.equals(knownTime) ? 1 : 0;
            bytesToSkip = Long.MAX_VALUE;
        } else {
            bytesToSkip = knownPartialBytes;
            knownPartialBytes = 0;
        }
    }

    private int addText(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        boolean isWhole = at < end;
        int count = (isWhole ? at + 1 : at) - from;
        int skipped = (int) Math.min(bytesToSkip - Math.min(lineBytes, bytesToSkip), count);
        if (count > skipped) {
            receiver.bytes(bytes, from + skipped, count - skipped);
        }
        lineBytes += count;
        if (bytesToSkip != Long.MAX_VALUE) {
            remember(isWhole);
        }
        if (isWhole) {
            isInStamp = true;
            stampBytes = 0;
        }
        return from + count;
    }

    private void remember(boolean isWhole) {
        if (lineTime == null) {
            return;
        }
        if (!lineTime.equals(lastTime)) {
            lastTime = lineTime;
            lastLines = 0;
            lastPartialBytes = 0;
        }
        lastLines += isWhole ? 1 : 0;
        lastPartialBytes = isWhole ? 0 : Math.max(lineBytes, lastPartialBytes);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
