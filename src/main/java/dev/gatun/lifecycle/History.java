package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * What is remembered of earlier attempts, carried from state to state.
 *
 * @param attempt the number of the present or last start, from 1; counts every spawn since {@link Event.Start}
 * @param restarts how many restarts of the budget are used; a healthy run or a relaunch gives them back
 * @param failuresInRow runs that failed, without a healthy or successful one between them
 * @param shortagesInRow starts that failed for want of resources, without a start between them; not failures
 * @param startedAtNanos when the present or last run began, monotonic nanoseconds
 * @param breaker the circuit breaker
 */
public record History(
        int attempt, int restarts, int failuresInRow, int shortagesInRow, long startedAtNanos, Breaker breaker) {
    /** Nothing has happened yet. */
    static final History NONE = new History(0, 0, 0, 0, 0L, Breaker.CLOSED);

    public History {
        requireNonNull(breaker, "breaker");
    }

    /** A start is about to be made; if the breaker was open, this is the trial. */
    History attempted() {
        Breaker next = breaker == Breaker.OPEN ? Breaker.HALF_OPEN : breaker;
        return new History(attempt + 1, restarts, failuresInRow, shortagesInRow, startedAtNanos, next);
    }

    History started(long nanos) {
        return new History(attempt, restarts, failuresInRow, 0, nanos, breaker);
    }

    /** After a run that was long enough, or one that did what it was to do. */
    History recovered() {
        return new History(attempt, restarts, 0, 0, startedAtNanos, Breaker.CLOSED);
    }

    History healthy() {
        return hasFailures() ? new History(attempt, 0, 0, 0, startedAtNanos, Breaker.CLOSED) : this;
    }

    History failed() {
        return new History(attempt, restarts, failuresInRow + 1, 0, startedAtNanos, breaker);
    }

    History shortOfResources() {
        return new History(attempt, restarts, failuresInRow, shortagesInRow + 1, startedAtNanos, breaker);
    }

    History restarting(Breaker next) {
        return new History(attempt, restarts + 1, failuresInRow, shortagesInRow, startedAtNanos, next);
    }

    History relaunched() {
        return new History(attempt, 0, failuresInRow, shortagesInRow, startedAtNanos, breaker);
    }

    /** Whether a healthy run would change anything; if not, nobody needs to be woken up to note it. */
    boolean hasFailures() {
        return restarts > 0 || failuresInRow > 0 || shortagesInRow > 0 || breaker != Breaker.CLOSED;
    }
}
