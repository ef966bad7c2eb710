package dev.gatun.run;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFile;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.StandardStream;
import dev.gatun.log.Log;
import dev.gatun.process.ProcessSetup;
import java.util.List;
import java.util.Optional;

/** {@code gatun run}, from its options to its exit code. */
public final class Run {

    private final Libc libc;
    private final RunOptions options;
    private final Log log;

    public Run(Libc libc, RunOptions options) {
        this.libc = libc;
        this.options = options;
        RunOptions.Launcher launcher = options.launcher();
        log = new Log(
                libc, StandardStream.error(libc), options.program(), launcher.logLevel(), launcher.logFormat());
    }

    /** Launches the command and stays with it; the result is our exit code. */
    public int supervise() {
        return guarded(() -> {
            takeSignals();
            ProcessSetup setup = new RunPlan(libc, options).setup(false);
            becomeLauncher();
            try (PidFileOrNone pidFile = PidFileOrNone.create(libc, options.launcher().pidFile())) {
                Outcome outcome = new RunSession(libc, options, log, setup, pidFile.file()).run();
                if (outcome instanceof Outcome.SpawnFailed failed) {
                    log.error(failed.failure().describe() + hint(failed.failure().describe()));
                    return failed.exitCode();
                }
                return options.policy().exitMapping().apply(outcome.exitCode());
            }
        });
    }

    /** Becomes the command; returns only when that fails. */
    public int becomeCommand() {
        return guarded(() -> {
            ProcessSetup setup = new RunPlan(libc, options).setup(true);
            if (options.launcher().parentDeathSignal().isPresent()) {
                new ProcessControl(libc)
                        .setParentDeathSignal(options.launcher().parentDeathSignal().get());
            }
            SpawnFailure failure = setup.tapeInPlace(libc).become(libc);
            dev.gatun.lifecycle.SpawnFailure kind = dev.gatun.lifecycle.SpawnFailure.of(
                    failure.call(), failure.errno(), "", failure.isExec());
            log.error(failure.toString() + hint(failure.toString()));
            return kind.kind().exitCode();
        });
    }

    /** The steps that would be made in the child, and what would happen afterwards, without doing anything. */
    public List<String> explain() {
        return new Explanation(libc, options).lines();
    }

    private interface Action {
        int run();
    }

    private int guarded(Action action) {
        try {
            return action.run();
        } catch (LaunchRefused refused) {
            log.error(refused.getMessage());
            return refused.exitCode();
        } catch (LinuxException failure) {
            log.error(failure.getMessage());
            return LaunchRefused.OWN_FAILURE;
        } catch (RuntimeException bug) {
            log.error("internal error, please report it", "problem", bug, "at", bug.getStackTrace()[0]);
            return LaunchRefused.OWN_FAILURE;
        }
    }

    private void takeSignals() {
        // Our caller may ignore SIGCHLD, and we inherit that: the kernel would then wait for our children in our place,
        // and nobody would ever learn their exit codes.
        Signal.CHLD.restoreDefault(libc);
        SignalOwnership ownership = new SignalOwnership(libc);
        String problem = "";
        if (!ownership.isTaken()) {
            problem = ownership.takeByRestart();
        }
        SignalSet unblocked = ownership.unblockedAnywhere();
        if (!unblocked.isEmpty()) {
            throw new LaunchRefused(
                    LaunchRefused.OWN_FAILURE,
                    "signals would be lost: not blocked in every thread of this JVM are " + unblocked
                            + (problem.isEmpty() ? "; start it with -Xrs, by bin/gatun" : "; " + problem));
        }
    }

    private void becomeLauncher() {
        ProcessControl control = new ProcessControl(libc);
        RunOptions.Launcher launcher = options.launcher();
        boolean subreaper =
                switch (launcher.subreaper()) {
                    case YES -> true;
                    case NO -> false;
                    case AUTOMATIC -> libc.getpid() != 1;
                };
        if (subreaper) {
            control.becomeSubreaper();
        }
        if (launcher.parentDeathSignal().isPresent()) {
            Signal signal = launcher.parentDeathSignal().get();
            control.setParentDeathSignal(signal);
        }
    }

    /** What helps, for the failure that people run into most. */
    private static String hint(String problem) {
        boolean limitRefused = problem.contains("setrlimit") && problem.contains("EPERM");
        return limitRefused ? "; to raise a hard limit takes CAP_SYS_RESOURCE" : "";
    }

    /** A pid file, if one is wanted, removed at the end. */
    private record PidFileOrNone(Optional<PidFile> file) implements AutoCloseable {

        static PidFileOrNone create(Libc libc, Optional<CString> path) {
            return new PidFileOrNone(
                    path.isPresent() ? Optional.of(PidFile.create(libc, path.get())) : Optional.empty());
        }

        @Override
        public void close() {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }
}
