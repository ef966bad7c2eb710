package dev.gatun.run;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.StandardStream;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import dev.gatun.process.ProcessSetup;

/** Gatun's own words: events with fields, in its log. */
final class LogNarrator implements Narrator {

    private final Log log;

    LogNarrator(Libc libc, RunOptions options) {
        RunOptions.Launcher launcher = options.launcher();
        log = new Log(
                libc, StandardStream.error(libc), options.program(), launcher.logLevel(), launcher.logFormat());
    }

    @Override
    public int cannotExecute(CString command, int errno, String sentence, int exitCode) {
        log.error(sentence);
        return exitCode;
    }

    @Override
    public int failed(String sentence) {
        log.error(sentence + hint(sentence));
        return LaunchRefused.OWN_FAILURE;
    }

    /** What helps, for the failure that people run into most. */
    private static String hint(String problem) {
        boolean limitRefused = problem.contains("setrlimit") && problem.contains("EPERM");
        return limitRefused ? "; to raise a hard limit takes CAP_SYS_RESOURCE" : "";
    }

    @Override
    public void problem(String what, String problem) {
        log.warn(what, "problem", problem);
    }

    @Override
    public void started(int pid, CString command, ProcessSetup setup) {
        log.info("started", "pid", pid, "command", setup.commandLine());
    }

    @Override
    public void absorbed(SignalFd.Received signal) {
        log.debug("the terminal sent it to the child as well", "signal", Signal.name(signal.signal()));
    }

    @Override
    public void dropped(SignalFd.Received signal) {
        log.info("dropping signal", "signal", Signal.name(signal.signal()), "sender", signal.senderPid());
    }

    @Override
    public void forwarded(Forwarding forwarding) {
        if (log.isEnabled(Level.INFO)) {
            log.info(
                    forwarding.delivered() ? "forwarding signal" : "nobody to forward a signal to",
                    "signal",
                    Signal.name(forwarding.received().signal()),
                    "as",
                    Signal.name(forwarding.sent()),
                    "sender",
                    forwarding.received().senderPid(),
                    "pid",
                    forwarding.pid(),
                    "target",
                    forwarding.target());
        }
    }

    @Override
    public void stopped(int pid, int signal) {
        log.info("stopped", "pid", pid, "signal", Signal.name(signal));
    }

    @Override
    public void ended(int pid, Children.Change change) {
        log.info("ended", "pid", pid, "how", change.status(), "cpu-ms", change.cpuMicros() / 1000);
    }

    @Override
    public void orphanEnded(int pid, Children.Change change) {
        log.debug("reaped an orphan", "pid", pid, "how", change.status());
    }

    @Override
    public void changed(Transition transition) {
        State.Kind to = transition.to().kind();
        switch (to) {
            case RUNNING -> {
                // Told by started().
            }
            case BACKING_OFF -> log.warn(transition.reason());
            case STOPPING -> log.log(isKill(transition) ? Level.WARN : Level.INFO, transition.reason());
            case FAILED -> {
                // What could not be started is told as an error at the very end, with its exit code.
                boolean toldLater = ((State.Failed) transition.to()).outcome() instanceof Outcome.SpawnFailed;
                log.log(toldLater ? Level.INFO : Level.WARN, transition.reason());
            }
            case IDLE, STARTING, READY, EXITED -> log.info(to + ": " + transition.reason());
        }
    }

    private static boolean isKill(Transition transition) {
        return transition.to() instanceof State.Stopping stopping && stopping.kills() > 0;
    }
}
