package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * One change of state, as the log, the metrics and the flight recorder see it. A change within a kind (the breaker closes
 * while the process runs, a KILL is repeated) is a transition as well.
 *
 * @param from the state before
 * @param to the state after
 * @param cause the event that made the difference
 * @param reason the decision in words, such as {@code next start in 14 s: 3rd failure in a row (exit code 1)}
 * @param atNanos monotonic time in nanoseconds, from the event's {@link Moment}
 * @param attempt the number of the start this belongs to, from 1; 0 where nothing was started yet
 */
public record Transition(State from, State to, Event cause, String reason, long atNanos, int attempt) {
    public Transition {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        requireNonNull(cause, "cause");
        requireNonNull(reason, "reason");
    }
}
