package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Something the shell has to do. */
public sealed interface Effect {
    /** One for each record of this type. */
    enum Kind {
        SPAWN, SIGNAL, ARM_TIMER, CANCEL_TIMER, START_PROBING, STOP_PROBING, AWAIT_TREE, PUBLISH
    }

    Kind kind();

    /**
     * Start the process; answer with {@link Event.Spawned} or {@link Event.SpawnFailed}, exactly once.
     *
     * @param attempt from 1
     */
    record Spawn(int attempt) implements Effect {
        @Override
        public Kind kind() {
            return Kind.SPAWN;
        }
    }

    /** Send a signal; that nobody is left to get it is not an error. */
    record Signal(Target target, int signal) implements Effect {
        public Signal {
            requireNonNull(target, "target");
            SignalNumber.check(signal);
        }

        @Override
        public Kind kind() {
            return Kind.SIGNAL;
        }
    }

    /** Answer with {@link Event.TimerFired} after {@code delay}; replaces a timer of the same kind. */
    record ArmTimer(TimerKind timer, Duration delay) implements Effect {
        public ArmTimer {
            requireNonNull(timer, "timer");
            requireNonNull(delay, "delay");
        }

        @Override
        public Kind kind() {
            return Kind.ARM_TIMER;
        }
    }

    /** The timer of this kind, which is armed, must not fire any more. */
    record CancelTimer(TimerKind timer) implements Effect {
        public CancelTimer {
            requireNonNull(timer, "timer");
        }

        @Override
        public Kind kind() {
            return Kind.CANCEL_TIMER;
        }
    }

    /** Probe for readiness, then for health; answer with {@link Event.BecameReady}, {@link Event.ProbeFailed}. */
    record StartProbing() implements Effect {
        @Override
        public Kind kind() {
            return Kind.START_PROBING;
        }
    }

    /** No more probes. */
    record StopProbing() implements Effect {
        @Override
        public Kind kind() {
            return Kind.STOP_PROBING;
        }
    }

    /** Watch for the end of all descendants; answer with {@link Event.TreeGone}, at once where none is left. */
    record AwaitTree() implements Effect {
        @Override
        public Kind kind() {
            return Kind.AWAIT_TREE;
        }
    }

    /** Tell everybody who listens. Always the last effect of a step, and there exactly when the state has changed. */
    record Publish(Transition transition) implements Effect {
        public Publish {
            requireNonNull(transition, "transition");
        }

        @Override
        public Kind kind() {
            return Kind.PUBLISH;
        }
    }
}
