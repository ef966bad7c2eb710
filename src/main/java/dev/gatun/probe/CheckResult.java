package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What an attempt came to.
 *
 * @param reason of a failure, in words: {@code GET http://127.0.0.1:8080/health: 503}; empty for a success
 */
public record CheckResult(boolean success, String reason) {

    public CheckResult {
        requireNonNull(reason);
    }

    public static CheckResult succeeded() {
        return new CheckResult(true, "");
    }

    public static CheckResult failed(String reason) {
        return new CheckResult(false, reason);
    }

    /** {@code 30 s}, {@code 250 ms}. */
    static String words(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
