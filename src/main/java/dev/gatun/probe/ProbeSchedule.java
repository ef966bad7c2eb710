package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a process is asked, and what follows from the answers.
 *
 * @param initialDelay from the start to the first attempt
 * @param interval from the beginning of one attempt to that of the next, or to the end of one that takes longer
 * @param timeout of one attempt
 * @param startup how long after a start failures do not count; a process that is not ready by then has failed to become
 *         so. Zero is no such time
 * @param successThreshold successes in a row that make it ready
 * @param failureThreshold failures in a row that make it not ready
 * @param jitterPercent by how much an interval is stretched at most, so that many processes are not asked in step
 */
public record ProbeSchedule(
        Duration initialDelay,
        Duration interval,
        Duration timeout,
        Duration startup,
        int successThreshold,
        int failureThreshold,
        int jitterPercent) {

    /** @throws IllegalArgumentException with one sentence if a value is out of range */
    public ProbeSchedule {
        atLeast("initial delay", initialDelay, Duration.ZERO);
        atLeast("interval", interval, Duration.ofMillis(1));
        atLeast("timeout", timeout, Duration.ofMillis(1));
        atLeast("startup time", startup, Duration.ZERO);
        inRange("success threshold", successThreshold, 1, Integer.MAX_VALUE);
        inRange("failure threshold", failureThreshold, 1, Integer.MAX_VALUE);
        inRange("jitter in percent", jitterPercent, 0, 100);
    }

    private static void atLeast(String what, Duration value, Duration least) {
        if (requireNonNull(value, what).compareTo(least) < 0) {
            throw new IllegalArgumentException("the " + what + " of a probe is at least " + CheckResult.words(least)
                    + ", not " + CheckResult.words(value));
        }
    }

    private static void inRange(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "the " + what + " of a probe is in " + least + ".." + most + ", not " + value);
        }
    }

    /**
     * How long to wait after an attempt.
     *
     * @param tookNanos how long it was under way
     * @param random in [0, 1)
     */
    Duration pause(long tookNanos, double random) {
        long stretched = (long) (interval.toNanos() * (1 + jitterPercent / 100.0 * random));
        return Duration.ofNanos(Math.max(0, stretched - tookNanos));
    }
}
