package dev.gatun.lifecycle;

import java.time.Duration;

/**
 * How long to wait before the next start. After the n-th failure in a row the delay is uniform between {@code min} and
 * {@code min * 2^n}, capped at {@code max}: the jitter takes the whole range, so that a hundred processes that died of
 * one cause do not come back in step, and never goes below what the operator wrote as the minimum. After a success
 * (n = 0) it is {@code min}.
 *
 * @param min the shortest delay, at least 1 ms
 * @param max the longest
 * @param resetAfter how long a run has to last (from readiness, where that is probed) for failures before it to be
 *         forgotten
 */
public record Backoff(Duration min, Duration max, Duration resetAfter) {
    private static final Duration LEAST_RESET_AFTER = Duration.ofSeconds(10);

    /** 500 ms to 30 s. */
    public static final Backoff DEFAULT = of(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if a duration is out of range or {@code min} is above {@code max} */
    public Backoff {
        Durations.check("back-off minimum", min, Duration.ofMillis(1));
        Durations.check("back-off maximum", max, Duration.ofMillis(1));
        Durations.check("back-off reset", resetAfter, Duration.ZERO);
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("back-off minimum " + Words.duration(min) + " is above the maximum "
                    + Words.duration(max));
        }
    }

    /**
     * With a reset after the longest delay, but at least 10 s: a run that is shorter than the wait before it is no sign
     * of health.
     *
     * @throws IllegalArgumentException if a duration is out of range or {@code min} is above {@code max}
     */
    public static Backoff of(Duration min, Duration max) {
        return new Backoff(min, max, max.compareTo(LEAST_RESET_AFTER) > 0 ? max : LEAST_RESET_AFTER);
    }

    public Backoff withResetAfter(Duration next) {
        return new Backoff(min, max, next);
    }

    /** The delay in nanoseconds after {@code failures} in a row, {@code random} in [0, 1). */
    long delayNanos(int failures, double random) {
        long least = min.toNanos();
        return least + (long) ((ceilingNanos(failures) - least) * random);
    }

    private long ceilingNanos(int failures) {
        long least = min.toNanos();
        long most = max.toNanos();
        return failures >= Long.SIZE - 1 || least > most >> failures ? most : least << failures;
    }
}
