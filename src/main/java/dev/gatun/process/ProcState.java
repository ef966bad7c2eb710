package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a process under a {@link ProcSupervisor} stands. The last three are ends, and nothing follows them. */
public sealed interface ProcState {

    /**
     * For people: {@code Starting}, {@code Running up 42s}, {@code Ready at A up 5s}, {@code Stopping up 7s},
     * {@code Stopped(exit=7)}, {@code Killed(sig=9, core)}, {@code Failed(reason)}.
     */
    String describe(Instant now);

    /** Whether this is an end. */
    default boolean isTerminal() {
        return this instanceof Terminal;
    }

    /** An end. */
    sealed interface Terminal extends ProcState {

        /** The last lines of its standard error; empty where nobody kept them. */
        Optional<List<String>> stderrTail();
    }

    /** Its launcher has been asked, and has not answered. */
    record Starting() implements ProcState {
        @Override
        public String describe(Instant now) {
            return "Starting";
        }
    }

    /** It runs. */
    record Running(Instant startedAt) implements ProcState {
        public Running {
            requireNonNull(startedAt, "startedAt");
        }

        @Override
        public String describe(Instant now) {
            return "Running" + up(startedAt, now);
        }
    }

    /**
     * It runs and has said that it can work.
     *
     * @param address where it can be reached, as it says
     */
    record Ready(Instant startedAt, String address) implements ProcState {
        public Ready {
            requireNonNull(startedAt, "startedAt");
            requireNonNull(address, "address");
        }

        @Override
        public String describe(Instant now) {
            return "Ready at " + address + up(startedAt, now);
        }
    }

    /**
     * Its end has been asked for.
     *
     * @param startedAt empty where it has not started yet
     */
    record Stopping(Optional<Instant> startedAt) implements ProcState {
        public Stopping {
            requireNonNull(startedAt, "startedAt");
        }

        @Override
        public String describe(Instant now) {
            return "Stopping" + startedAt.map(moment -> up(moment, now)).orElse("");
        }
    }

    /** It has ended by itself, or when it was asked to. */
    record Stopped(int exitCode, Optional<List<String>> stderrTail) implements Terminal {
        public Stopped {
            stderrTail = stderrTail.map(List::copyOf);
        }

        @Override
        public String describe(Instant now) {
            return "Stopped(exit=" + exitCode + ")";
        }
    }

    /** A signal has ended it. */
    record Killed(int signal, boolean coreDumped, Optional<List<String>> stderrTail) implements Terminal {
        public Killed {
            stderrTail = stderrTail.map(List::copyOf);
        }

        @Override
        public String describe(Instant now) {
            return "Killed(sig=" + signal + (coreDumped ? ", core)" : ")");
        }
    }

    /** It was not started, did not become ready, was lost, or does not end for all that is done. */
    record Failed(String reason, Optional<List<String>> stderrTail) implements Terminal {
        public Failed {
            requireNonNull(reason, "reason");
            stderrTail = stderrTail.map(List::copyOf);
        }

        @Override
        public String describe(Instant now) {
            return "Failed(" + reason + ")";
        }
    }

    private static String up(Instant startedAt, Instant now) {
        return " up " + Math.max(0, Duration.between(startedAt, now).toSeconds()) + "s";
    }
}
