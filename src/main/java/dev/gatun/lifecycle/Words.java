package dev.gatun.lifecycle;

import java.time.Duration;

/** Durations and numbers as people say them. */
final class Words {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MILLIS_PER_SECOND = 1_000L;
    private static final long SECONDS_PER_MINUTE = 60L;

    private Words() {}

    static String duration(Duration duration) {
        return nanos(duration.toNanos());
    }

    /** {@code 350 ms}, {@code 1.4 s}, {@code 14 s}, {@code 2 min 5 s}. */
    static String nanos(long nanos) {
        long millis = nanos / NANOS_PER_MILLI;
        if (millis < MILLIS_PER_SECOND) {
            return millis + " ms";
        }
        long tenths = millis / 100;
        if (tenths < 100 && tenths % 10 != 0) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = millis / MILLIS_PER_SECOND;
        if (seconds < 2 * SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        long rest = seconds % SECONDS_PER_MINUTE;
        return seconds / SECONDS_PER_MINUTE + " min" + (rest == 0 ? "" : " " + rest + " s");
    }

    /** {@code 1st}, {@code 2nd}, {@code 3rd}, {@code 4th}, {@code 11th}. */
    static String ordinal(int number) {
        int lastTwo = number % 100;
        int last = number % 10;
        String ending;
        if (lastTwo >= 11 && lastTwo <= 13) {
            ending = "th";
        } else if (last == 1) {
            ending = "st";
        } else if (last == 2) {
            ending = "nd";
        } else if (last == 3) {
            ending = "rd";
        } else {
            ending = "th";
        }
        return number + ending;
    }
}
