package dev.gatun.cli.dropin;

import dev.gatun.lifecycle.ExitMapping;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.StandardStream;
import dev.gatun.linux.WaitStatus;
import dev.gatun.log.LineWriter;
import dev.gatun.process.ProcessSetup;
import dev.gatun.run.LaunchRefused;
import dev.gatun.run.Narrator;

/** Tells by tini's levels: what is wrong to standard error, the rest to standard output, as verbosity has it. */
final class TiniNarrator implements Narrator {

    private static final int WARN = 1;
    private static final int INFO = 2;
    private static final int DEBUG = 3;
    private static final int TRACE = 4;

    private static final String[] LEVELS = {"FATAL", "WARN ", "INFO ", "DEBUG", "TRACE"};

    private final Libc libc;
    private final int verbosity;
    private final boolean tellsOfOrphans;
    private final ExitMapping exitMapping;
    private final LineWriter out;
    private final LineWriter err;

    TiniNarrator(Libc libc, int verbosity, boolean tellsOfOrphans, ExitMapping exitMapping) {
        this.libc = libc;
        this.verbosity = verbosity;
        this.tellsOfOrphans = tellsOfOrphans;
        this.exitMapping = exitMapping;
        out = new LineWriter(libc, StandardStream.output(libc));
        err = new LineWriter(libc, StandardStream.error(libc));
    }

    static String line(String level, Libc libc, String text) {
        return "[" + level + " tini (" + libc.getpid() + ")] " + text + "\n";
    }

    private void tell(int level, String text) {
        if (verbosity >= level) {
            (level >= INFO ? out : err).write(line(LEVELS[level], libc, text));
        }
    }

    private void fatal(String text) {
        err.write(line("FATAL", libc, text));
    }

    /** It would be the exit code of a child, so that -e applies to it. */
    @Override
    public int cannotExecute(CString command, int errno, String sentence, int exitCode) {
        fatal("exec " + command + " failed: " + Errno.meaning(errno));
        if (errno == Errno.ENOENT) {
            return exitMapping.apply(LaunchRefused.NOT_FOUND);
        }
        return exitMapping.apply(errno == Errno.EACCES ? LaunchRefused.NOT_EXECUTABLE : 1);
    }

    @Override
    public int failed(String sentence) {
        fatal(sentence);
        return 1;
    }

    @Override
    public void problem(String what, String problem) {
        tell(WARN, what + ": " + problem);
    }

    @Override
    public void launching(boolean becameSubreaper, boolean orphansComeToUs) {
        if (becameSubreaper) {
            tell(TRACE, "Registered as child subreaper");
        }
        if (!orphansComeToUs) {
            tell(WARN,
                    "Tini is neither PID 1 nor a child subreaper: orphaned processes do not come to it, and it cannot "
                            + "reap zombies.\nRun it as PID 1, with -s, or with the environment variable TINI_SUBREAPER.");
        }
    }

    @Override
    public void started(int pid, CString command, ProcessSetup setup) {
        tell(INFO, "Spawned child process '" + command + "' with pid '" + pid + "'");
    }

    @Override
    public void arrived(SignalFd.Received signal) {
        if (signal.signal() == Signal.CHLD.number()) {
            tell(DEBUG, "Received SIGCHLD");
        }
    }

    @Override
    public void forwarded(Forwarding forwarding) {
        tell(DEBUG, "Passing signal: '" + Signal.name(forwarding.sent()) + "'");
        if (!forwarding.delivered()) {
            tell(WARN, "Child was dead when forwarding signal");
        }
    }

    @Override
    public void ended(int pid, Children.Change change) {
        tell(DEBUG, "Reaped child with pid: '" + pid + "'");
        WaitStatus status = change.status();
        tell(
                INFO,
                status.exited()
                        ? "Main child exited normally (with status '" + status.exitCode() + "')"
                        : "Main child exited with signal (with signal '" + Signal.name(status.signal()) + "')");
    }

    @Override
    public void orphanEnded(int pid, Children.Change change) {
        tell(DEBUG, "Reaped child with pid: '" + pid + "'");
        if (tellsOfOrphans) {
            tell(WARN, "Reaped zombie process with pid=" + pid);
        }
    }

    @Override
    public void leaving(int exitCode) {
        tell(TRACE, "Exiting: child has exited");
    }
}
