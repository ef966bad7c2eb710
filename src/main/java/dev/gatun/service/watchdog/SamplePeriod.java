package dev.gatun.service.watchdog;

import java.time.Duration;

/**
 * When the next sample is due: after a whole poll period while the limit is far away, sooner the nearer it is and the
 * faster it comes nearer.
 *
 * @param poll the longest time between two samples
 */
record SamplePeriod(Duration poll, Thresholds thresholds) {

    /** However near the limit is: a sample costs milliseconds where the tree is large. */
    private static final long SHORTEST_NANOS = 100_000_000;

    private static final int STEPS = 10;

    /**
     * The time until the next sample.
     *
     * @param bytes this sample
     * @param grownBytes by how much it is more than the one before; zero or less where it is not
     * @param elapsedNanos how long ago that was
     */
    Duration next(long bytes, long grownBytes, long elapsedNanos) {
        long pollNanos = poll.toNanos();
        long shortest = Math.min(pollNanos, Math.max(SHORTEST_NANOS, pollNanos / STEPS));
        long left = Math.max(0, thresholds.hardBytes() - bytes);
        long span = Math.max(1, thresholds.hardBytes() - thresholds.recoverBytes());
        double byDistance = left >= span ? pollNanos : (double) pollNanos * left / span;
        // At this pace the limit is reached then; half the way there is the time to look again.
        double byPace = grownBytes > 0 ? 0.5 * elapsedNanos * left / grownBytes : pollNanos;
        return Duration.ofNanos((long) Math.clamp(Math.min(byDistance, byPace), shortest, pollNanos));
    }
}
