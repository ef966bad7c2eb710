package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The one range check of all durations in policies and requests. */
final class Durations {
    /** Far above any use, far below where nanoseconds in a {@code long} overflow. */
    static final Duration LONGEST = Duration.ofDays(365);

    private Durations() {}

    /** @throws IllegalArgumentException if {@code duration} is outside {@code least}..365 d */
    static Duration check(String name, Duration duration, Duration least) {
        requireNonNull(duration, name);
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + " must be at least " + Words.duration(least) + ", not " + inWords(duration));
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be at most 365 days, not " + duration);
        }
        return duration;
    }

    private static String inWords(Duration duration) {
        return duration.isNegative() ? duration.toString() : Words.duration(duration);
    }
}
