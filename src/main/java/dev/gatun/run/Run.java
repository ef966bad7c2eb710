package dev.gatun.run;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFile;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.process.ProcessSetup;
import java.util.List;
import java.util.Optional;

/** {@code gatun run}, from its options to its exit code. */
public final class Run {

    private final Libc libc;
    private final RunOptions options;
    private final Narrator narrator;

    /** A run that tells what happens in Gatun's own log. */
    public Run(Libc libc, RunOptions options) {
        this(libc, options, new LogNarrator(libc, options));
    }

    public Run(Libc libc, RunOptions options, Narrator narrator) {
        this.libc = libc;
        this.options = options;
        this.narrator = narrator;
    }

    /** Launches the command and stays with it; the result is our exit code. */
    public int supervise() {
        return guarded(() -> {
            takeSignals();
            ProcessSetup setup = new RunPlan(libc, options).setup(false);
            becomeLauncher();
            try (PidFileOrNone pidFile = PidFileOrNone.create(libc, options.launcher().pidFile())) {
                Outcome outcome = new RunSession(libc, options, narrator, setup, pidFile.file()).run();
                if (outcome instanceof Outcome.SpawnFailed failed) {
                    return notStarted(failed.failure(), failed.failure().describe());
                }
                int exitCode = options.policy().exitMapping().apply(outcome.exitCode());
                narrator.leaving(exitCode);
                return exitCode;
            }
        });
    }

    /** Runs nothing: waits for orphans, until INT or TERM. */
    public int pause() {
        return guarded(() -> {
            takeSignals();
            becomeLauncher();
            new Pause(libc, options.launcher().closesInherited(), narrator).run();
            return 0;
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
            return notStarted(
                    dev.gatun.lifecycle.SpawnFailure.of(failure.call(), failure.errno(), "", failure.isExec()),
                    failure.toString());
        });
    }

    private int notStarted(dev.gatun.lifecycle.SpawnFailure failure, String sentence) {
        int exitCode = failure.kind().exitCode();
        return failure.step().startsWith("execve")
                ? narrator.cannotExecute(options.command().getFirst(), failure.errno(), sentence, exitCode)
                : narrator.failed(sentence);
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
            return refused(refused);
        } catch (LinuxException failure) {
            return narrator.failed(failure.getMessage());
        } catch (RuntimeException bug) {
            return narrator.failed("internal error, please report it: " + bug + " at " + bug.getStackTrace()[0]);
        }
    }

    private int refused(LaunchRefused refused) {
        if (refused.exitCode() == LaunchRefused.OWN_FAILURE) {
            return narrator.failed(refused.getMessage());
        }
        int errno = refused.exitCode() == LaunchRefused.NOT_FOUND ? Errno.ENOENT : Errno.EACCES;
        return narrator.cannotExecute(options.command().getFirst(), errno, refused.getMessage(), refused.exitCode());
    }

    private void takeSignals() {
        Optional<String> problem = new SignalOwnership(libc).take();
        if (problem.isPresent()) {
            throw new LaunchRefused(LaunchRefused.OWN_FAILURE, problem.get());
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
        narrator.launching(subreaper, subreaper || libc.getpid() == 1 || control.isSubreaper());
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
