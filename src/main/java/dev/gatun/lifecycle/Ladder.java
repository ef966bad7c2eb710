package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.DRAIN;
import static dev.gatun.lifecycle.TimerKind.KILL_CONFIRM;
import static dev.gatun.lifecycle.TimerKind.STOP_GROUP;
import static dev.gatun.lifecycle.TimerKind.STOP_KILL;

import java.time.Duration;
import java.util.OptionalInt;

/** From the wish that a process ends until it and, where the policy says so, all its descendants are gone. */
final class Ladder {
    private final Policy policy;
    private final StopLadder rules;
    private final Restarts restarts;

    Ladder(Policy policy, Restarts restarts) {
        this.policy = policy;
        this.rules = policy.stop();
        this.restarts = restarts;
    }

    Step on(State.Stopping state, Event event, Change change) {
        return switch (event.kind()) {
            case EXIT_OBSERVED -> state.leaderGone() ? Step.ignored(state) : leaderGone(change, state);
            case TREE_GONE -> state.leaderGone() ? treeGone(change, state) : Step.ignored(state);
            case TIMER_FIRED -> timer(change, state, ((Event.TimerFired) event).timer());
            case STOP_REQUESTED -> again(change, state, (Event.StopRequested) event);
            case HURRY_REQUESTED -> state.rung() == Rung.DRAIN ? hurry(change, state) : Step.ignored(state);
            case KILL_REQUESTED -> killNow(change, state, (Event.KillRequested) event);
            case RELAUNCH ->
                state.afterwards() == Afterwards.NOW
                        ? Step.ignored(state)
                        : change.to(state.then(Afterwards.NOW), "to be started again after the stop");
            case LOST -> {
                cancelTimers(change, state);
                yield restarts.lost(change, (Event.Lost) event);
            }
            case START, SPAWNED, SPAWN_FAILED, BECAME_READY, PROBE_FAILED, LIMIT_EXCEEDED -> Step.ignored(state);
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

    private static Step tellTree(Change change, State.Stopping state, int signal, Duration timeout, String reason) {
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

    private Step kill(Change change, State.Stopping state, String reason) {
        return change.signal(Target.TREE, SignalNumber.KILL)
                .arm(KILL_CONFIRM, rules.killConfirm())
                .to(state.killed(), reason);
    }

    private Step killNow(Change change, State.Stopping state, Event.KillRequested request) {
        if (state.rung() == Rung.KILL) {
            return state.afterwards() == Afterwards.NEVER
                    ? Step.ignored(state)
                    : change.to(state.then(Afterwards.NEVER), request.reason());
        }
        cancelTimers(change, state);
        return kill(change, state.then(Afterwards.NEVER), request.reason());
    }

    private Step hurry(Change change, State.Stopping state) {
        return tell(change.cancel(DRAIN), state);
    }

    /** A stop is under way and another is asked for. */
    private Step again(Change change, State.Stopping state, Event.StopRequested request) {
        State.Stopping last = state.then(Afterwards.NEVER);
        boolean news = state.afterwards() != Afterwards.NEVER;
        return switch (state.rung()) {
            case DRAIN -> againInDrain(change, last, request, news);
            case REST_WAIT -> endRest(change, last, request, news);
            case FORWARDED -> settle(change.signal(rules.target(), rules.signalFor(request)), last, request, news);
            case LEADER, GROUP, REST -> {
                if (request.signal().isPresent()) {
                    Target target = state.rung() == Rung.REST ? Target.TREE : rules.target();
                    change.signal(target, request.signal().getAsInt());
                }
                yield bringForward(change, last, request, news);
            }
            case KILL, AWAIT_SPAWN -> settle(change, last, request, news);
        };
    }

    /** Only the second request is in a hurry: the first may have met the drain of a relaunch. */
    private Step againInDrain(Change change, State.Stopping last, Event.StopRequested request, boolean news) {
        if (!(last.cause() instanceof Event.StopRequested first)) {
            return change.to(last.becauseOf(request), request.reason());
        }
        if (request.timeout().isEmpty() || request.timeout().get().compareTo(rules.timeoutFor(first)) >= 0) {
            return request.signal().isPresent() ? hurry(change, last) : settle(change, last, request, news);
        }
        OptionalInt signal = first.signal().isPresent() ? first.signal() : request.signal();
        State.Stopping sooner =
                last.becauseOf(new Event.StopRequested(request.reason(), signal, request.timeout()));
        return request.signal().isPresent() ? hurry(change, sooner) : change.to(sooner, request.reason());
    }

    private Step endRest(Change change, State.Stopping last, Event.StopRequested request, boolean news) {
        int signal = request.signal().orElse(SignalNumber.TERM);
        if (!rules.escalates()) {
            return settle(change.signal(Target.TREE, signal), last, request, news);
        }
        Duration timeout = rules.timeoutFor(request);
        return timeout.isZero()
                ? kill(change, last, request.reason())
                : tellTree(change, last, signal, timeout, request.reason());
    }

    /** A deadline that somebody was promised is never put off. */
    private Step bringForward(Change change, State.Stopping last, Event.StopRequested request, boolean news) {
        if (request.timeout().isEmpty()) {
            return settle(change, last, request, news);
        }
        Duration timeout = request.timeout().get();
        long killAtNanos = change.nanos() + timeout.toNanos();
        if (killAtNanos - last.killAtNanos() >= 0) {
            return settle(change, last, request, news);
        }
        if (timeout.isZero()) {
            cancelTimers(change, last);
            return kill(change, last, request.reason());
        }
        return change.arm(STOP_KILL, timeout).to(last.killingAt(killAtNanos), request.reason());
    }

    private static Step settle(Change change, State.Stopping next, Event.StopRequested request, boolean news) {
        return news ? change.to(next, request.reason()) : change.stay();
    }

    private void cancelTimers(Change change, State.Stopping state) {
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
