package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.log.LossNotice;
import dev.gatun.log.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongToIntFunction;

/** {@code 2026/11/20 10:08:07.123456 web stderr: line}. */
final class TextCaptureLayout implements CaptureLayout {

    private final String process;
    private final InstantSource clock;
    private final LongToIntFunction offsetSeconds;

    /** @param offsetSeconds how far local time is ahead of UTC at a second of the epoch */
    TextCaptureLayout(String process, InstantSource clock, LongToIntFunction offsetSeconds) {
        this.process = requireNonNull(process);
        this.clock = requireNonNull(clock);
        this.offsetSeconds = requireNonNull(offsetSeconds);
    }

    @Override
    public String beginning(String stream) {
        return begin().append(stream).append(": ").toString();
    }

    @Override
    public void append(StringBuilder text, String beginning, OutputLine line) {
        text.append(beginning).append(line.marked()).append('\n');
    }

    @Override
    public LossNotice lossNotice() {
        return (lines, bytes) -> begin().append(LossNotice.sentence(lines, bytes)).append('\n').toString();
    }

    /** Synchronized because a notice is worded by the thread that writes, and local time is asked for one thread at a time. */
    private synchronized StringBuilder begin() {
        StringBuilder text = new StringBuilder();
        Instant now = clock.instant();
        Timestamp.appendLocal(text, now, offsetSeconds.applyAsInt(now.getEpochSecond()));
        return text.append(' ').append(process).append(' ');
    }
}
