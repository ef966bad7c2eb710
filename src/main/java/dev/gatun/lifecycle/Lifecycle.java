package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * The core itself: one process under one {@link Policy}. Immutable, so that it can be shared by all processes of the same
 * policy and called from any thread; deterministic, and without any effect of its own.
 *
 * <p>An event that makes no sense in a state (a probe result after the exit, a second start) is <b>ignored</b>: the same
 * state comes back, without effects. The core never throws for what happens at run time, since whoever runs it may be
 * PID 1.
 */
public final class Lifecycle {
    private final Restarts restarts;
    private final Launches launches;
    private final Alive alive;
    private final Ladder ladder;

    public Lifecycle(Policy policy) {
        requireNonNull(policy, "policy");
        restarts = new Restarts(policy);
        ladder = new Ladder(policy, restarts);
        alive = new Alive(policy, ladder, restarts);
        launches = new Launches(policy, alive, ladder, restarts);
    }

    /**
     * What one event makes of one state.
     *
     * @param state as the step before left it; {@link State.Idle} at first
     * @param event what happened
     * @param now when; not before the moments of earlier steps
     */
    public Step on(State state, Event event, Moment now) {
        Change change = new Change(state, event, now);
        return switch (state.kind()) {
            case IDLE, EXITED, FAILED -> atRest(state, event, change);
            case STARTING -> launches.on((State.Starting) state, event, change);
            case RUNNING, READY -> alive.on(Live.of(state), event, change);
            case STOPPING ->
                ((State.Stopping) state).rung() == Rung.AWAIT_SPAWN
                        ? launches.onStopped((State.Stopping) state, event, change)
                        : ladder.on((State.Stopping) state, event, change);
            case BACKING_OFF -> restarts.on((State.BackingOff) state, event, change);
        };
    }

    private Step atRest(State state, Event event, Change change) {
        return switch (event.kind()) {
            case START, RELAUNCH ->
                restarts.start(change, History.NONE, event.kind() == Event.Kind.START ? "start" : "relaunch");
            case SPAWNED, SPAWN_FAILED, BECAME_READY, PROBE_FAILED, EXIT_OBSERVED, TREE_GONE, STOP_REQUESTED,
                    HURRY_REQUESTED, KILL_REQUESTED, TIMER_FIRED, LIMIT_EXCEEDED, MORE_TIME_REQUESTED, LOST ->
                Step.ignored(state);
        };
    }
}
