package dev.gatun.lifecycle;

import java.time.Duration;

/**
 * When restarts are suspended.
 *
 * @param failures how many failures in a row open the breaker; 0 disables it
 * @param coolDown how long it stays open before one trial
 */
public record BreakerPolicy(int failures, Duration coolDown) {
    /** Five failures in a row, one trial after a minute. */
    public static final BreakerPolicy DEFAULT = new BreakerPolicy(5, Duration.ofSeconds(60));

    private static final BreakerPolicy DISABLED = new BreakerPolicy(0, Duration.ZERO);

    /** @throws IllegalArgumentException if {@code failures} is negative or the cool-down out of range */
    public BreakerPolicy {
        if (failures < 0) {
            throw new IllegalArgumentException("breaker failures must not be negative, not " + failures);
        }
        Durations.check("breaker cool-down", coolDown, Duration.ZERO);
    }

    /** Never opens. */
    public static BreakerPolicy disabled() {
        return DISABLED;
    }

    boolean opensAt(History failed) {
        // A failed trial is one more in the row that opened it.
        return failures > 0 && failed.failuresInRow() >= failures;
    }
}
