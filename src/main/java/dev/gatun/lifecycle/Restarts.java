package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.RESTART;
import static dev.gatun.lifecycle.TimerKind.START_TIMEOUT;

import java.time.Duration;

/** From the end of one run to the start of the next, or to the end of all. */
final class Restarts {
    private final Policy policy;

    Restarts(Policy policy) {
        this.policy = policy;
    }

    Step start(Change change, History history, String reason) {
        History attempted = history.attempted();
        change.add(new Effect.Spawn(attempted.attempt()));
        if (policy.limitsStart()) {
            change.arm(START_TIMEOUT, policy.startTimeout());
        }
        return change.to(new State.Starting(attempted, change.nanos()), reason);
    }

    Step on(State.BackingOff state, Event event, Change change) {
        return switch (event.kind()) {
            case TIMER_FIRED -> {
                if (((Event.TimerFired) event).timer() != RESTART) {
                    yield Step.ignored(state);
                }
                boolean trial = state.history().breaker() != Breaker.CLOSED;
                yield start(change, state.history(), trial ? "trial start" : "start after back-off");
            }
            case RELAUNCH -> start(change.cancel(RESTART), state.history().relaunched(), "relaunch");
            case STOP_REQUESTED -> end(change.cancel(RESTART), state.last(), ((Event.StopRequested) event).reason());
            case KILL_REQUESTED -> end(change.cancel(RESTART), state.last(), ((Event.KillRequested) event).reason());
            case START, SPAWNED, SPAWN_FAILED, BECAME_READY, PROBE_FAILED, EXIT_OBSERVED, TREE_GONE, HURRY_REQUESTED,
                    LIMIT_EXCEEDED, MORE_TIME_REQUESTED, LOST ->
                Step.ignored(state);
        };
    }

    /** Nothing of the run is left that anybody waits for. */
    Step ended(Change change, Outcome outcome, History history, Afterwards afterwards) {
        return switch (afterwards) {
            case NEVER -> end(change, outcome, outcome.describe());
            case NOW -> start(change, history.relaunched(), "relaunch");
            case POLICY ->
                outcome instanceof Outcome.SpawnFailed notStarted
                        ? notStarted(change, notStarted, history)
                        : byPolicy(change, outcome, history);
        };
    }

    /**
     * Whoever ran it knows no more of it, so that it may well be alive: a restart could make two of one. This is for
     * somebody to look at, who can then relaunch.
     */
    Step lost(Change change, Event.Lost event) {
        Outcome outcome = new Outcome.LostByLauncher(event.reason());
        return change.to(new State.Failed(outcome), outcome.describe());
    }

    private Step notStarted(Change change, Outcome.SpawnFailed outcome, History history) {
        boolean waitingHelps = outcome.failure().kind().isTransitory();
        if (!waitingHelps || policy.restart().when() == RestartPolicy.When.NO) {
            return end(change, outcome, outcome.describe());
        }
        History counted = history.shortOfResources();
        long delayNanos = policy.backoff().delayNanos(counted.shortagesInRow(), change.random());
        return backOff(change, counted, delayNanos, outcome, "next start in " + Words.nanos(delayNanos) + ": "
                + Words.ordinal(counted.shortagesInRow()) + " time in a row without the resources to start ("
                + outcome.failure().describe() + "); not counted as a failure");
    }

    private Step byPolicy(Change change, Outcome outcome, History history) {
        boolean failure = policy.isFailure(outcome);
        boolean restart = switch (policy.restart().when()) {
            case NO -> false;
            case ON_FAILURE -> failure;
            case ALWAYS -> true;
        };
        if (!restart) {
            return end(change, outcome, outcome.describe());
        }
        if (policy.restart().isUsedUp(history)) {
            int restarts = history.restarts();
            return change.to(new State.Failed(outcome), "giving up after " + restarts
                    + (restarts == 1 ? " restart: " : " restarts: ") + outcome.describe());
        }
        return failure ? afterFailure(change, outcome, history.failed()) : afterSuccess(change, outcome, history);
    }

    private Step afterFailure(Change change, Outcome outcome, History failed) {
        if (policy.breaker().opensAt(failed)) {
            long coolDownNanos = policy.breaker().coolDown().toNanos();
            return backOff(change, failed.restarting(Breaker.OPEN), coolDownNanos, outcome,
                    "breaker open: one trial in "
                            + Words.nanos(coolDownNanos) + ": " + inARow(failed, outcome));
        }
        long delayNanos = policy.backoff().delayNanos(failed.failuresInRow(), change.random());
        return backOff(change, failed.restarting(failed.breaker()), delayNanos, outcome,
                "next start in " + Words.nanos(delayNanos) + ": " + inARow(failed, outcome));
    }

    private static String inARow(History failed, Outcome outcome) {
        return Words.ordinal(failed.failuresInRow()) + " failure in a row (" + outcome.describe() + ")";
    }

    private Step afterSuccess(Change change, Outcome outcome, History history) {
        long delayNanos = policy.backoff().delayNanos(0, change.random());
        return backOff(change, history.recovered().restarting(Breaker.CLOSED), delayNanos, outcome,
                "next start in " + Words.nanos(delayNanos) + ": restarted always (" + outcome.describe() + ")");
    }

    private static Step backOff(Change change, History history, long delayNanos, Outcome last, String reason) {
        return change.arm(RESTART, Duration.ofNanos(delayNanos))
                .to(new State.BackingOff(history, change.nanos() + delayNanos, reason, last), reason);
    }

    private static Step end(Change change, Outcome outcome, String reason) {
        State end = switch (outcome.kind()) {
            case EXITED_NORMALLY, SIGNALLED, OOM_KILLED, STOPPED -> new State.Exited(outcome);
            case WATCHDOG_KILLED, PROBE_FAILED, START_TIMEOUT, SPAWN_FAILED, LOST_BY_LAUNCHER ->
                new State.Failed(outcome);
        };
        return change.to(end, reason);
    }
}
