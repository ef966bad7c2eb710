package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** How a run ended: one type for the log, the API, the metrics label and the flight recorder alike. */
public sealed interface Outcome {
    /** One for each record of this type, for switches and as a metrics label. */
    enum Kind {
        EXITED_NORMALLY, SIGNALLED, OOM_KILLED, WATCHDOG_KILLED, PROBE_FAILED, START_TIMEOUT, SPAWN_FAILED,
        LOST_BY_LAUNCHER, STOPPED
    }

    Kind kind();

    /** The exit code a launcher answers, before any {@link ExitMapping}: 0..255. */
    int exitCode();

    /** In words, as the end of a sentence: {@code exit code 3}. */
    String describe();

    /** It ended by itself. */
    record ExitedNormally(int code) implements Outcome {
        /** @throws IllegalArgumentException if {@code code} is outside 0..255 */
        public ExitedNormally {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("exit code must be in 0..255, not " + code);
            }
        }

        @Override
        public Kind kind() {
            return Kind.EXITED_NORMALLY;
        }

        @Override
        public int exitCode() {
            return code;
        }

        @Override
        public String describe() {
            return "exit code " + code;
        }
    }

    /** A signal that was not ours ended it. */
    record Signalled(int signal, boolean core) implements Outcome {
        /** @throws IllegalArgumentException if there is no such signal */
        public Signalled {
            SignalNumber.check(signal);
        }

        @Override
        public Kind kind() {
            return Kind.SIGNALLED;
        }

        @Override
        public int exitCode() {
            return 128 + signal;
        }

        @Override
        public String describe() {
            return "ended by " + new ExitStatus.Signal(signal, core).describe();
        }
    }

    /**
     * The kernel's OOM killer ended it.
     *
     * @param evidence what says so, such as {@code memory.events oom_kill 0 -> 1}
     */
    record OomKilled(String evidence) implements Outcome {
        public OomKilled {
            requireNonNull(evidence, "evidence");
        }

        @Override
        public Kind kind() {
            return Kind.OOM_KILLED;
        }

        @Override
        public int exitCode() {
            return 128 + SignalNumber.KILL;
        }

        @Override
        public String describe() {
            return "killed by the kernel, out of memory (" + evidence + ")";
        }
    }

    /**
     * It used more memory than it may and was stopped for that.
     *
     * @param rssBytes what was measured
     * @param limitBytes what is allowed
     * @param how how it then left
     */
    record WatchdogKilled(long rssBytes, long limitBytes, ExitStatus how) implements Outcome {
        public WatchdogKilled {
            requireNonNull(how, "how");
        }

        @Override
        public Kind kind() {
            return Kind.WATCHDOG_KILLED;
        }

        /** The child's own, but never 0: an orchestrator must not take this end for a success. */
        @Override
        public int exitCode() {
            int own = how.exitCode();
            return own == 0 ? 128 + SignalNumber.KILL : own;
        }

        @Override
        public String describe() {
            return "stopped by the memory watchdog at " + rssBytes + " of " + limitBytes + " bytes (" + how.describe()
                    + ")";
        }
    }

    /** It ran, did not answer its probe, and was stopped for that. */
    record ProbeFailed(String reason) implements Outcome {
        public ProbeFailed {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.PROBE_FAILED;
        }

        /** 1: the program failed, whatever it said while it was stopped. */
        @Override
        public int exitCode() {
            return 1;
        }

        @Override
        public String describe() {
            return "probe failed: " + reason;
        }
    }

    /** It was not ready in time and was stopped for that. */
    record StartTimeout(Duration after) implements Outcome {
        public StartTimeout {
            requireNonNull(after, "after");
        }

        @Override
        public Kind kind() {
            return Kind.START_TIMEOUT;
        }

        /** 124, as {@code timeout(1)} answers. */
        @Override
        public int exitCode() {
            return 124;
        }

        @Override
        public String describe() {
            return "not ready within " + Words.duration(after);
        }
    }

    /** It never ran. */
    record SpawnFailed(SpawnFailure failure) implements Outcome {
        public SpawnFailed {
            requireNonNull(failure, "failure");
        }

        @Override
        public Kind kind() {
            return Kind.SPAWN_FAILED;
        }

        @Override
        public int exitCode() {
            return failure.kind().exitCode();
        }

        @Override
        public String describe() {
            return "not started: " + failure.describe();
        }
    }

    /** Whoever started it for us is gone or answers no more; whether it still runs is unknown. */
    record LostByLauncher(String reason) implements Outcome {
        public LostByLauncher {
            requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.LOST_BY_LAUNCHER;
        }

        /** 125: the launcher failed, not the program. */
        @Override
        public int exitCode() {
            return 125;
        }

        @Override
        public String describe() {
            return "lost by the launcher: " + reason;
        }
    }

    /**
     * It was asked to end and did.
     *
     * @param how how it left
     * @param killed whether it took our KILL
     */
    record Stopped(ExitStatus how, boolean killed) implements Outcome {
        public Stopped {
            requireNonNull(how, "how");
        }

        @Override
        public Kind kind() {
            return Kind.STOPPED;
        }

        @Override
        public int exitCode() {
            return how.exitCode();
        }

        @Override
        public String describe() {
            return (killed ? "stopped by force: " : "stopped: ") + how.describe();
        }
    }
}
