package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.DRAIN;
import static dev.gatun.lifecycle.TimerKind.STOP_KILL;

import java.time.Duration;
import java.util.OptionalInt;

/** What is asked for while a stop is under way already. */
final class StopRequests {
    private final StopLadder rules;
    private final Ladder ladder;

    StopRequests(StopLadder rules, Ladder ladder) {
        this.rules = rules;
        this.ladder = ladder;
    }

    /** The stop goes on, but it is not the end. */
    static Step relaunch(Change change, State.Stopping state) {
        return state.afterwards() == Afterwards.NOW
                ? Step.ignored(state)
                : change.to(state.then(Afterwards.NOW), "to be started again after the stop");
    }

    /** KILL now, on whatever rung the stop is. */
    Step kill(Change change, State.Stopping state, Event.KillRequested request) {
        if (state.rung() == Rung.KILL) {
            return state.afterwards() == Afterwards.NEVER
                    ? Step.ignored(state)
                    : change.to(state.then(Afterwards.NEVER), request.reason());
        }
        ladder.cancelTimers(change, state);
        return ladder.kill(change, state.then(Afterwards.NEVER), request.reason());
    }

    /** The drain, if there is one, is over. */
    Step hurry(Change change, State.Stopping state) {
        return state.rung() != Rung.DRAIN ? Step.ignored(state) : ladder.tell(change.cancel(DRAIN), state);
    }

    /** A stop is under way and another is asked for. */
    Step stop(Change change, State.Stopping state, Event.StopRequested request) {
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
                ? ladder.kill(change, last, request.reason())
                : ladder.tellTree(change, last, signal, timeout, request.reason());
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
            ladder.cancelTimers(change, last);
            return ladder.kill(change, last, request.reason());
        }
        return change.arm(STOP_KILL, timeout).to(last.killingAt(killAtNanos), request.reason());
    }

    private static Step settle(Change change, State.Stopping next, Event.StopRequested request, boolean news) {
        return news ? change.to(next, request.reason()) : change.stay();
    }
}
