package dev.gatun.lifecycle;

/**
 * When an event reached the core, and the chance that goes with it: the only two things the core cannot compute.
 *
 * @param nanos monotonic time in nanoseconds; only differences mean anything, so it may wrap as {@code nanoTime} may
 * @param random uniform in [0, 1), spent on the jitter of a back-off
 */
public record Moment(long nanos, double random) {
    /** @throws IllegalArgumentException if {@code random} is outside [0, 1) */
    public Moment {
        if (!(random >= 0.0 && random < 1.0)) {
            throw new IllegalArgumentException("random must be in [0, 1), not " + random);
        }
    }
}
