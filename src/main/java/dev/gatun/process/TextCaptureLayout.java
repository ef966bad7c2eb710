package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.log.LocalZone;
import dev.gatun.log.LossNotice;
import dev.gatun.log.Timestamp;
import java.time.InstantSource;

/** {@code 2026/11/20 10:08:07.123456 web stderr: line}. */
final class TextCaptureLayout implements CaptureLayout {

    private final String process;
    private final InstantSource clock;
    private final LocalZone zone;

    TextCaptureLayout(String process, InstantSource clock, LocalZone zone) {
        this.process = requireNonNull(process);
        this.clock = requireNonNull(clock);
        this.zone = requireNonNull(zone);
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
        Timestamp.appendLocal(text, clock.instant(), zone);
        return text.append(' ').append(process).append(' ');
    }
}
