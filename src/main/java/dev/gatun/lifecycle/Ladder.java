package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.DRAIN;
import static dev.gatun.lifecycle.TimerKind.KILL_CONFIRM;
import static dev.gatun.lifecycle.TimerKind.STOP_GROUP;
import static dev.gatun.lifecycle.TimerKind.STOP_KILL;

import java.time.Duration;

/** From the wish that a process ends until it and, where the policy says so, all its descendants are gone. */
final class Ladder {
    private final Policy policy;
    private final StopLadder rules;
    private final Restarts restarts;
    private final StopRequests requests;

    Ladder(Policy policy, Restarts restarts) {
        this.policy = policy;
        this.rules = policy.stop();
        this.restarts = restarts;
        this.requests = new StopRequests(rules, this);
    }

    Step on(State.Stopping state, Event event, Change change) {
        return switch (event.kind()) {
            case EXIT_OBSERVED -> state.leaderGone() ? Step.ignored(state) : leaderGone(change, state);
            case TREE_GONE -> state.leaderGone() ? treeGone(change, state) : Step.ignored(state);
            case TIMER_FIRED -> timer(change, state, ((Event.TimerFired) event).timer());
            case STOP_REQUESTED -> requests.stop(change, state, (Event.StopRequested) event);
            case HURRY_REQUESTED -> requests.hurry(change, state);
            case KILL_REQUESTED -> requests.kill(change, state, (Event.KillRequested) event);
            case RELAUNCH -> StopRequests.relaunch(change, state);
            case LOST -> {
                cancelTimers(change, state);
                yield restarts.lost(change, (Event.Lost) event);
            }
            case START, SPAWNED, SPAWN_FAILED, BECAME_READY, PROBE_FAILED, LIMIT_EXCEEDED, MORE_TIME_REQUESTED ->
                Step.ignored(state);
        };
    }

    /** The first rung for a leader that is alive. */
    Step begin(Change change, State.Stopping state) {
        Event.Kind cause = state.cause().kind();
        boolean asked = cause == Event.Kind.STOP_REQUESTED || cause == Event.Kind.RELAUNCH;
        if (asked && !rules.drain().isZero()) {
            return change.arm(DRAIN, rules.drain())
                    .to(state.on(Rung.DRAIN), reason(state) + "; draining for " + Words.duration(rules.drain()));
        }
        return tell(change, state);
    }

    /** The rung after the drain: the leader gets the stop signal. */
    Step tell(Change change, State.Stopping state) {
        Duration timeout = rules.timeoutFor(state.cause());
        if (state.cause().kind() == Event.Kind.KILL_REQUESTED || rules.escalates() && timeout.isZero()) {
            return kill(change, state, reason(state));
        }
        change.signal(rules.target(), rules.signalFor(state.cause()));
        if (!rules.escalates()) {
            return change.to(state.on(Rung.FORWARDED), reason(state));
        }
        if (rules.tellsGroup()) {
            change.arm(STOP_GROUP, timeout.dividedBy(2));
        }
        return change.arm(STOP_KILL, timeout)
                .to(state.on(Rung.LEADER).killingAt(change.nanos() + timeout.toNanos()), reason(state));
    }

    /** The leader has exited, by itself or because it was told to; the exit is the event at hand. */
    Step leaderGone(Change change, State.Stopping state) {
        Outcome outcome = Outcomes.of(state, (Event.ExitObserved) change.cause(), policy);
        State.Stopping next = state.withoutLeader(outcome);
        boolean byItself = state.cause() == change.cause();
        if (policy.rest() == Rest.LEAVE) {
            if (!byItself) {
                cancelTimers(change, state);
            }
            return restarts.ended(change, outcome, state.history(), state.afterwards());
        }
        change.add(new Effect.AwaitTree());
        if (byItself) {
            return policy.rest() == Rest.END ? tellRest(change, next) : waitForRest(change, next);
        }
        return switch (state.rung()) {
            case DRAIN -> tellRest(change.cancel(DRAIN), next);
            case LEADER, GROUP -> {
                if (state.rung() == Rung.LEADER && rules.tellsGroup()) {
                    change.cancel(STOP_GROUP);
                }
                // The deadline of the leader is the deadline of the rest.
                yield change.signal(Target.TREE, SignalNumber.TERM)
                        .to(next.on(Rung.REST), outcome.describe() + "; ending its descendants");
            }
            case KILL -> change.to(next, outcome.describe() + "; its descendants have KILL as well");
            case FORWARDED, AWAIT_SPAWN, REST_WAIT, REST -> waitForRest(change, next);
        };
    }

    private static Step waitForRest(Change change, State.Stopping state) {
        return change.to(
                state.on(Rung.REST_WAIT), state.outcome().describe() + "; waiting for its descendants");
    }

    private Step tellRest(Change change, State.Stopping state) {
        Duration timeout = rules.timeoutFor(state.cause());
        String reason = state.outcome().describe() + "; ending its descendants";
        return timeout.isZero()
                ? kill(change, state, reason)
                : tellTree(change, state, SignalNumber.TERM, timeout, reason);
    }

    /** The descendants of a leader that is gone get {@code signal}, and KILL after {@code timeout}. */
    Step tellTree(Change change, State.Stopping state, int signal, Duration timeout, String reason) {
        return change.signal(Target.TREE, signal)
                .arm(STOP_KILL, timeout)
                .to(state.on(Rung.REST).killingAt(change.nanos() + timeout.toNanos()), reason);
    }

    private Step treeGone(Change change, State.Stopping state) {
        cancelTimers(change, state);
        return restarts.ended(change, state.outcome(), state.history(), state.afterwards());
    }

    private Step timer(Change change, State.Stopping state, TimerKind timer) {
        return switch (state.rung()) {
            case DRAIN -> timer == DRAIN ? tell(change, state) : Step.ignored(state);
            case LEADER ->
                switch (timer) {
                    case STOP_GROUP ->
                        rules.tellsGroup()
                                ? change.signal(Target.GROUP, SignalNumber.TERM)
                                        .to(state.on(Rung.GROUP), "still running; TERM to its group")
                                : Step.ignored(state);
                    case STOP_KILL -> {
                        // Both can be due in one wake-up, and then in any order.
                        if (rules.tellsGroup()) {
                            change.cancel(STOP_GROUP);
                        }
                        yield kill(change, state, "still running; KILL to all");
                    }
                    case START_TIMEOUT, HEALTHY, DRAIN, KILL_CONFIRM, RESTART -> Step.ignored(state);
                };
            case GROUP, REST ->
                timer == STOP_KILL ? kill(change, state, "still running; KILL to all") : Step.ignored(state);
            case KILL ->
                timer == KILL_CONFIRM
                        ? kill(change, state, "not gone after " + state.kills() + " KILL; KILL to all again")
                        : Step.ignored(state);
            case AWAIT_SPAWN, FORWARDED, REST_WAIT -> Step.ignored(state);
        };
    }

    Step kill(Change change, State.Stopping state, String reason) {
        return change.signal(Target.TREE, SignalNumber.KILL)
                .arm(KILL_CONFIRM, rules.killConfirm())
                .to(state.killed(), reason);
    }

    void cancelTimers(Change change, State.Stopping state) {
        switch (state.rung()) {
            case DRAIN -> change.cancel(DRAIN);
            case LEADER -> {
                if (rules.tellsGroup()) {
                    change.cancel(STOP_GROUP);
                }
                change.cancel(STOP_KILL);
            }
            case GROUP, REST -> change.cancel(STOP_KILL);
            case KILL -> change.cancel(KILL_CONFIRM);
            case AWAIT_SPAWN, FORWARDED, REST_WAIT -> {}
        }
    }

    private String reason(State.Stopping state) {
        return Outcomes.reason(state.cause(), policy);
    }
}
