package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes on so many lines a second and counts the rest: a spawner that floods its log must not flood ours. For one thread. */
final class LogFlow {

    static final int LINES_PER_SECOND = 100;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Consumer<String> log;
    private final LongSupplier nanos;
    private long secondStart;
    private int lines;
    private long leftOut;

    LogFlow(Consumer<String> log, LongSupplier nanos) {
        this.log = requireNonNull(log);
        this.nanos = requireNonNull(nanos);
        this.secondStart = nanos.getAsLong();
    }

    void line(String line) {
        long now = nanos.getAsLong();
        if (now - secondStart >= SECOND_NANOS) {
            secondStart = now;
            lines = 0;
            tellLeftOut();
        }
        if (lines < LINES_PER_SECOND) {
            lines++;
            log.accept(line);
        } else {
            leftOut++;
        }
    }

    /** Says how many lines were left out, if any. */
    void tellLeftOut() {
        if (leftOut > 0) {
            log.accept("spawner: " + leftOut + " lines of its log left out");
            leftOut = 0;
        }
    }
}
