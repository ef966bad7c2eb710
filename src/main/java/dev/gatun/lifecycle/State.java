package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * Where one process stands. Immutable, and complete: together with a {@link Policy} it is all the core needs to know.
 * All times are monotonic nanoseconds of the event that led here.
 */
public sealed interface State {
    /** One for each record of this type, for switches and as a metrics label. */
    enum Kind {
        IDLE, STARTING, RUNNING, READY, STOPPING, BACKING_OFF, EXITED, FAILED;

        /** Whether only {@link Event.Start} and {@link Event.Relaunch} lead out of here. */
        public boolean isTerminal() {
            return this == EXITED || this == FAILED;
        }
    }

    Kind kind();

    /** The leader that is alive as far as the core knows; 0 for none, and for one that runs elsewhere. */
    default int pid() {
        return 0;
    }

    /** The number of the present or last start, from 1; 0 where it does not matter any more. */
    default int attempt() {
        return 0;
    }

    /** Declared, not started. */
    record Idle() implements State {
        @Override
        public Kind kind() {
            return Kind.IDLE;
        }
    }

    /** The spawn is under way. */
    record Starting(History history, long sinceNanos) implements State {
        public Starting {
            requireNonNull(history, "history");
        }

        @Override
        public Kind kind() {
            return Kind.STARTING;
        }

        @Override
        public int attempt() {
            return history.attempt();
        }
    }

    /** It runs. Where nothing is probed this is as good as it gets; else it is not ready yet. */
    record Running(int pid, History history, long sinceNanos) implements State {
        public Running {
            requireNonNull(history, "history");
        }

        @Override
        public Kind kind() {
            return Kind.RUNNING;
        }

        @Override
        public int attempt() {
            return history.attempt();
        }
    }

    /** It runs and says that it can work. */
    record Ready(int pid, History history, long sinceNanos) implements State {
        public Ready {
            requireNonNull(history, "history");
        }

        @Override
        public Kind kind() {
            return Kind.READY;
        }

        @Override
        public int attempt() {
            return history.attempt();
        }
    }

    /**
     * It is being ended, or it has ended and some of its descendants have not.
     *
     * @param pid the leader, or 0 where it is gone or (on {@link Rung#AWAIT_SPAWN}) not there yet
     * @param rung how far the stop has come
     * @param cause what set it off; {@link Event.ExitObserved} where the leader went by itself
     * @param afterwards what follows
     * @param kills how often KILL was sent to the tree
     * @param killAtNanos when the tree will be killed; meaningful on {@link Rung#LEADER}, {@link Rung#GROUP} and
     *         {@link Rung#REST}
     * @param outcome what is known of the leader's end; null as long as it has not ended
     */
    record Stopping(
            int pid,
            Rung rung,
            Event cause,
            Afterwards afterwards,
            int kills,
            long killAtNanos,
            Outcome outcome,
            History history,
            long sinceNanos)
            implements
                State {
        public Stopping {
            requireNonNull(rung, "rung");
            requireNonNull(cause, "cause");
            requireNonNull(afterwards, "afterwards");
            requireNonNull(history, "history");
        }

        @Override
        public Kind kind() {
            return Kind.STOPPING;
        }

        @Override
        public int attempt() {
            return history.attempt();
        }

        /** Whether only descendants are left. */
        public boolean leaderGone() {
            return outcome != null;
        }

        Stopping on(Rung next) {
            return new Stopping(pid, next, cause, afterwards, kills, killAtNanos, outcome, history, sinceNanos);
        }

        Stopping killingAt(long nanos) {
            return new Stopping(pid, rung, cause, afterwards, kills, nanos, outcome, history, sinceNanos);
        }

        Stopping killed() {
            return new Stopping(
                    pid, Rung.KILL, cause, afterwards, kills + 1, killAtNanos, outcome, history, sinceNanos);
        }

        Stopping then(Afterwards next) {
            return new Stopping(pid, rung, cause, next, kills, killAtNanos, outcome, history, sinceNanos);
        }

        Stopping becauseOf(Event next) {
            return new Stopping(pid, rung, next, afterwards, kills, killAtNanos, outcome, history, sinceNanos);
        }

        Stopping spawned(int leader, History next) {
            return new Stopping(leader, rung, cause, afterwards, kills, killAtNanos, outcome, next, sinceNanos);
        }

        Stopping withoutLeader(Outcome end) {
            return new Stopping(0, rung, cause, afterwards, kills, killAtNanos, end, history, sinceNanos);
        }
    }

    /**
     * Nothing runs; the next start is due later.
     *
     * @param untilNanos when
     * @param reason why then, such as {@code next start in 14 s: 3rd failure in a row (exit code 1)}
     * @param last how the last run ended
     */
    record BackingOff(History history, long untilNanos, String reason, Outcome last) implements State {
        public BackingOff {
            requireNonNull(history, "history");
            requireNonNull(reason, "reason");
            requireNonNull(last, "last");
        }

        @Override
        public Kind kind() {
            return Kind.BACKING_OFF;
        }

        @Override
        public int attempt() {
            return history.attempt();
        }
    }

    /** Over, in a way the policy takes for an end: by itself, or because it was asked to. */
    record Exited(Outcome outcome) implements State {
        public Exited {
            requireNonNull(outcome, "outcome");
        }

        @Override
        public Kind kind() {
            return Kind.EXITED;
        }
    }

    /** Over, because it could not be started, was stopped for a fault, was lost, or used up its restarts. */
    record Failed(Outcome outcome) implements State {
        public Failed {
            requireNonNull(outcome, "outcome");
        }

        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
