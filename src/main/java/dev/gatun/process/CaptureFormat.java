package dev.gatun.process;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LocalTime;
import dev.gatun.log.LossNotice;
import java.time.Clock;
import java.util.Optional;

/** How captured output is written down. */
public enum CaptureFormat {
    /** Byte by byte as it came. */
    RAW,
    /** {@code 2026/11/20 10:08:07.123456 web stderr: line}, in local time. */
    TEXT,
    /** One object a line: {@code timestamp, process, stream, message}, and {@code truncated} where the line was cut. */
    JSON;

    /**
     * What says in this format that lines of a process are missing: for the {@link dev.gatun.log.OutputWriter} that its
     * output goes to.
     */
    public LossNotice lossNotice(Libc libc, String process) {
        return this == RAW ? LossNotice.PLAIN : layout(libc, process).get().lossNotice();
    }

    /** How lines are laid out; empty where output is not made of lines. */
    Optional<CaptureLayout> layout(Libc libc, String process) {
        return switch (this) {
            case RAW -> Optional.empty();
            case TEXT ->
                Optional.of(new TextCaptureLayout(process, Clock.systemUTC(), new LocalTime(libc)::offsetSeconds));
            case JSON -> Optional.of(new JsonCaptureLayout(process, Clock.systemUTC()));
        };
    }
}
