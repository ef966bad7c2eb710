package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.START_TIMEOUT;

/** From the spawn to its answer, also where a stop was asked for between the two. */
final class Launches {
    private final Policy policy;
    private final Alive alive;
    private final Ladder ladder;
    private final Restarts restarts;

    Launches(Policy policy, Alive alive, Ladder ladder, Restarts restarts) {
        this.policy = policy;
        this.alive = alive;
        this.ladder = ladder;
        this.restarts = restarts;
    }

    Step on(State.Starting state, Event event, Change change) {
        return switch (event.kind()) {
            case SPAWNED -> alive.enter(change, ((Event.Spawned) event).pid(), state.history());
            case SPAWN_FAILED -> {
                cancelStartTimeout(change);
                yield restarts.ended(change, outcome(event), state.history(), Afterwards.POLICY);
            }
            case STOP_REQUESTED -> {
                cancelStartTimeout(change);
                yield await(change, state, Afterwards.NEVER, ((Event.StopRequested) event).reason());
            }
            case KILL_REQUESTED -> {
                cancelStartTimeout(change);
                yield await(change, state, Afterwards.NEVER, ((Event.KillRequested) event).reason());
            }
            case TIMER_FIRED ->
                ((Event.TimerFired) event).timer() == START_TIMEOUT
                        ? await(
                                change,
                                state,
                                Afterwards.POLICY,
                                "not started within " + Words.duration(policy.startTimeout()))
                        : Step.ignored(state);
            case LOST -> {
                cancelStartTimeout(change);
                yield restarts.lost(change, (Event.Lost) event);
            }
            case START, BECAME_READY, PROBE_FAILED, EXIT_OBSERVED, TREE_GONE, HURRY_REQUESTED, LIMIT_EXCEEDED,
                    MORE_TIME_REQUESTED,
                    RELAUNCH ->
                Step.ignored(state);
        };
    }

    /** The same on {@link Rung#AWAIT_SPAWN}: as soon as there is a process, it is told. */
    Step onStopped(State.Stopping state, Event event, Change change) {
        return switch (event.kind()) {
            case SPAWNED -> {
                int pid = ((Event.Spawned) event).pid();
                // There is no work in flight that a drain could spare.
                yield ladder.tell(change, state.spawned(pid, state.history().started(change.nanos())));
            }
            case SPAWN_FAILED -> restarts.ended(change, outcome(event), state.history(), state.afterwards());
            case STOP_REQUESTED ->
                state.afterwards() == Afterwards.NEVER
                        ? Step.ignored(state)
                        : change.to(state.then(Afterwards.NEVER), ((Event.StopRequested) event).reason());
            case KILL_REQUESTED ->
                state.cause().kind() == Event.Kind.KILL_REQUESTED && state.afterwards() == Afterwards.NEVER
                        ? Step.ignored(state)
                        : change.to(
                                state.becauseOf(event).then(Afterwards.NEVER), ((Event.KillRequested) event).reason());
            case RELAUNCH -> StopRequests.relaunch(change, state);
            case LOST -> restarts.lost(change, (Event.Lost) event);
            case START, BECAME_READY, PROBE_FAILED, EXIT_OBSERVED, TREE_GONE, HURRY_REQUESTED, TIMER_FIRED,
                    LIMIT_EXCEEDED, MORE_TIME_REQUESTED ->
                Step.ignored(state);
        };
    }

    private static Step await(Change change, State.Starting state, Afterwards afterwards, String reason) {
        return change.to(
                new State.Stopping(
                        0, Rung.AWAIT_SPAWN, change.cause(), afterwards, 0, 0L, null, state.history(), change.nanos()),
                reason);
    }

    private void cancelStartTimeout(Change change) {
        if (policy.limitsStart()) {
            change.cancel(START_TIMEOUT);
        }
    }

    private static Outcome outcome(Event failed) {
        return new Outcome.SpawnFailed(((Event.SpawnFailed) failed).failure());
    }
}
