package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How a process is ended: after the drain the stop signal, at half the timeout TERM to the group, at the timeout KILL to
 * the whole tree, repeated until all of it is gone.
 *
 * @param drain between the request and the stop signal, for work in flight; zero is none. Only requests drain: a process
 *         that fails its probe or grows too big is told at once
 * @param signal the stop signal, unless the request brings its own
 * @param target who gets it; with anything but {@link Target#LEADER} there is no separate rung for the group
 * @param timeout from the stop signal until KILL; zero is KILL at once
 * @param killConfirm from a KILL until it is repeated: a process in an uninterruptible wait can outlive it
 * @param escalates false for a pure forwarder: the signal is passed on and nothing follows
 */
public record StopLadder(
        Duration drain, int signal, Target target, Duration timeout, Duration killConfirm, boolean escalates) {
    /** 10 s from TERM to KILL, no drain. */
    public static final StopLadder DEFAULT = new StopLadder(
            Duration.ZERO, SignalNumber.TERM, Target.LEADER, Duration.ofSeconds(10), Duration.ofSeconds(5), true);

    private static final StopLadder NONE = new StopLadder(
            Duration.ZERO, SignalNumber.TERM, Target.LEADER, Duration.ZERO, Duration.ofSeconds(5), false);

    /** @throws IllegalArgumentException if a duration or the signal is out of range */
    public StopLadder {
        Durations.check("drain", drain, Duration.ZERO);
        Durations.check("stop timeout", timeout, Duration.ZERO);
        Durations.check("kill confirmation", killConfirm, Duration.ofMillis(1));
        SignalNumber.check(signal);
        requireNonNull(target, "target");
        if (!escalates && !drain.isZero()) {
            throw new IllegalArgumentException("a ladder that only forwards signals cannot drain");
        }
    }

    /** Forward what comes and nothing else: no timer, no KILL, as {@code tini} does. */
    public static StopLadder none() {
        return NONE;
    }

    public StopLadder withDrain(Duration next) {
        return new StopLadder(next, signal, target, timeout, killConfirm, escalates);
    }

    public StopLadder withSignal(int next) {
        return new StopLadder(drain, next, target, timeout, killConfirm, escalates);
    }

    public StopLadder withTarget(Target next) {
        return new StopLadder(drain, signal, next, timeout, killConfirm, escalates);
    }

    public StopLadder withTimeout(Duration next) {
        return new StopLadder(drain, signal, target, next, killConfirm, escalates);
    }

    public StopLadder withKillConfirm(Duration next) {
        return new StopLadder(drain, signal, target, timeout, next, escalates);
    }

    boolean tellsGroup() {
        return target == Target.LEADER;
    }

    int signalFor(Event cause) {
        return cause instanceof Event.StopRequested request && request.signal().isPresent()
                ? request.signal().getAsInt()
                : signal;
    }

    Duration timeoutFor(Event cause) {
        Optional<Duration> own = Optional.empty();
        if (cause instanceof Event.StopRequested request) {
            own = request.timeout();
        } else if (cause instanceof Event.LimitExceeded limit) {
            own = limit.timeout();
        }
        return own.isPresent() ? own.get() : timeout;
    }
}
