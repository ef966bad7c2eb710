package dev.gatun.spawner.check;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * One check over one transport.
 *
 * @param took from the start of the spawner to its end
 */
public record CheckResult(Check check, Transport transport, Outcome outcome, Duration took) {

    public CheckResult {
        requireNonNull(check);
        requireNonNull(transport);
        requireNonNull(outcome);
        requireNonNull(took);
    }
}
