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
    public String line(String stream, OutputLine line) {
        return begin().append(stream).append(": ").append(line.marked()).append('\n').toString();
    }

    @Override
    public LossNotice lossNotice() {
        return (lines, bytes) -> begin().append(LossNotice.sentence(lines, bytes)).append('\n').toString();
    }

    private StringBuilder begin() {
        StringBuilder text = new StringBuilder(160);
        Instant now = clock.instant();
        Timestamp.appendLocal(text, now, offsetSeconds.applyAsInt(now.getEpochSecond()));
        return text.append(' ').append(process).append(' ');
    }
}
