package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that happened to, or is wanted of, one process. Which events mean something in which state is the table in
 * {@code docs/lifecycle.md}; all others are ignored there, without an effect.
 */
public sealed interface Event {
    /** One for each record of this type. */
    enum Kind {
        START, SPAWNED, SPAWN_FAILED, BECAME_READY, PROBE_FAILED, EXIT_OBSERVED, TREE_GONE, STOP_REQUESTED,
        HURRY_REQUESTED, KILL_REQUESTED, TIMER_FIRED, LIMIT_EXCEEDED, MORE_TIME_REQUESTED, RELAUNCH, LOST
    }

    Kind kind();

    /** Start what was never started or is over, with a clean history. */
    record Start() implements Event {
        @Override
        public Kind kind() {
            return Kind.START;
        }
    }

    /**
     * The answer to {@link Effect.Spawn}: the program runs. The shell must deliver it before the
     * {@link ExitObserved} of the same process.
     *
     * @param pid the leader's, or 0 where it runs elsewhere
     */
    record Spawned(int pid) implements Event {
        /** @throws IllegalArgumentException if {@code pid} is negative */
        public Spawned {
            if (pid < 0) {
                throw new IllegalArgumentException("pid must not be negative: " + pid);
            }
        }

        @Override
        public Kind kind() {
            return Kind.SPAWNED;
        }
    }

    /** The other answer to {@link Effect.Spawn}: there is no process. */
    record SpawnFailed(SpawnFailure failure) implements Event {
        public SpawnFailed {
            requireNonNull(failure, "failure");
        }

        @Override
        public Kind kind() {
            return Kind.SPAWN_FAILED;
        }
    }

    /** The probe succeeded, or the process said so itself. */
    record BecameReady() implements Event {
        @Override
        public Kind kind() {
            return Kind.BECAME_READY;
        }
    }

    /** The probe failed as often in a row as its threshold says; single failures are the prober's business. */
    record ProbeFailed(String reason) implements Event {
        public ProbeFailed {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.PROBE_FAILED;
        }
    }

    /**
     * The leader is gone and has been waited for.
     *
     * @param oomEvidence what says that the OOM killer did it; empty where nothing does
     */
    record ExitObserved(ExitStatus status, String oomEvidence) implements Event {
        public ExitObserved {
            requireNonNull(status, "status");
            requireNonNull(oomEvidence, "oomEvidence");
        }

        public ExitObserved(ExitStatus status) {
            this(status, "");
        }

        @Override
        public Kind kind() {
            return Kind.EXIT_OBSERVED;
        }
    }

    /** The answer to {@link Effect.AwaitTree}: no descendant is left. */
    record TreeGone() implements Event {
        @Override
        public Kind kind() {
            return Kind.TREE_GONE;
        }
    }

    /**
     * End it, by the stop ladder. A second request that carries a signal ends the drain; after the drain its signal is
     * passed on, without a change of the deadlines.
     *
     * @param reason who wants it, in words
     * @param signal what to send in place of the ladder's stop signal
     * @param timeout in place of the ladder's: from the stop signal until KILL. In a second request: from now until
     *         KILL; that can only bring the deadline forward
     */
    record StopRequested(String reason, OptionalInt signal, Optional<Duration> timeout) implements Event {
        /** @throws IllegalArgumentException if there is no such signal, or the timeout is outside 0..365 d */
        public StopRequested {
            requireNonNull(reason, "reason");
            if (signal.isPresent()) {
                SignalNumber.check(signal.getAsInt());
            }
            if (timeout.isPresent()) {
                Durations.check("stop timeout", timeout.get(), Duration.ZERO);
            }
        }

        public StopRequested(String reason, OptionalInt signal) {
            this(reason, signal, Optional.empty());
        }

        @Override
        public Kind kind() {
            return Kind.STOP_REQUESTED;
        }
    }

    /** Skip what is left of the drain. */
    record HurryRequested() implements Event {
        @Override
        public Kind kind() {
            return Kind.HURRY_REQUESTED;
        }
    }

    /** End it at once: KILL to the whole tree. */
    record KillRequested(String reason) implements Event {
        public KillRequested {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.KILL_REQUESTED;
        }
    }

    /** A timer ran out. After {@link Effect.CancelTimer} or a new {@link Effect.ArmTimer} the old one must not fire. */
    record TimerFired(TimerKind timer) implements Event {
        public TimerFired {
            requireNonNull(timer, "timer");
        }

        @Override
        public Kind kind() {
            return Kind.TIMER_FIRED;
        }
    }

    /**
     * The memory watchdog measured more than is allowed.
     *
     * @param rssBytes what was measured
     * @param limitBytes what is allowed
     * @param afterwards what follows the end: what the restart policy says of a failure, or nothing
     * @param timeout in place of the ladder's: from the stop signal until KILL
     */
    record LimitExceeded(long rssBytes, long limitBytes, Afterwards afterwards, Optional<Duration> timeout)
            implements
                Event {
        /** @throws IllegalArgumentException if the timeout is outside 0..365 d */
        public LimitExceeded {
            requireNonNull(afterwards, "afterwards");
            if (timeout.isPresent()) {
                Durations.check("grace", timeout.get(), Duration.ZERO);
            }
        }

        public LimitExceeded(long rssBytes, long limitBytes) {
            this(rssBytes, limitBytes, Afterwards.POLICY, Optional.empty());
        }

        @Override
        public Kind kind() {
            return Kind.LIMIT_EXCEEDED;
        }
    }

    /**
     * A process that is not ready yet asks for time: its start is given up this long from now, and not before it would
     * have been. A stop is not put off: its deadline is that of whoever wants it.
     */
    record MoreTimeRequested(Duration time) implements Event {
        /** @throws IllegalArgumentException if the time is outside 0..365 d */
        public MoreTimeRequested {
            Durations.check("time", time, Duration.ZERO);
        }

        @Override
        public Kind kind() {
            return Kind.MORE_TIME_REQUESTED;
        }
    }

    /**
     * Start it anew: at once where it waits or is over, after a stop (drain included) where it runs, after the stop
     * under way where it is being stopped. It gives an open breaker its trial and the restart budget back.
     */
    record Relaunch() implements Event {
        @Override
        public Kind kind() {
            return Kind.RELAUNCH;
        }
    }

    /** Whoever started it for us can tell no more of it. */
    record Lost(String reason) implements Event {
        public Lost {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.LOST;
        }
    }
}
