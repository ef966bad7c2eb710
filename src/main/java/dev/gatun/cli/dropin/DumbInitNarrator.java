package dev.gatun.cli.dropin;

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
import dev.gatun.run.Narrator;
import dev.gatun.run.SignalRewrites;

/** Tells as dumb-init does: all of it to standard error, signals by their numbers, little without {@code -v}. */
final class DumbInitNarrator implements Narrator {

    private static final int CANNOT_EXECUTE = 2;

    private final boolean debug;
    private final SignalRewrites rewrites;
    private final LineWriter err;

    DumbInitNarrator(Libc libc, boolean debug, SignalRewrites rewrites) {
        this.debug = debug;
        this.rewrites = rewrites;
        err = new LineWriter(libc, StandardStream.error(libc));
    }

    private void tell(String text) {
        err.write("[dumb-init] " + text + "\n");
    }

    void debug(String text) {
        if (debug) {
            tell(text);
        }
    }

    @Override
    public int cannotExecute(CString command, int errno, String sentence, int exitCode) {
        tell(command + ": " + Errno.meaning(errno));
        return CANNOT_EXECUTE;
    }

    @Override
    public int failed(String sentence) {
        tell(sentence);
        return 1;
    }

    @Override
    public void problem(String what, String problem) {
        tell(what + ": " + problem);
    }

    @Override
    public void terminalReleased(int errno, boolean ledSession) {
        if (errno != 0) {
            debug("Unable to detach from controlling tty (errno=" + errno + " " + Errno.meaning(errno) + ").");
        } else if (ledSession) {
            debug("Detached from controlling tty, ignoring the first SIGHUP and SIGCONT we receive.");
        } else {
            debug("Detached from controlling tty, but was not session leader.");
        }
    }

    @Override
    public void started(int pid, CString command, ProcessSetup setup) {
        debug("Child spawned with PID " + pid + ".");
    }

    @Override
    public void arrived(SignalFd.Received signal) {
        debug("Received signal " + signal.signal() + ".");
    }

    @Override
    public void absorbed(SignalFd.Received signal) {
        debug("Ignoring tty hand-off signal " + signal.signal() + ".");
    }

    @Override
    public void dropped(SignalFd.Received signal) {
        forwarding(signal.signal());
    }

    @Override
    public void forwarded(Forwarding forwarding) {
        forwarding(forwarding.received().signal());
    }

    private void forwarding(int signal) {
        int sent = rewrites.apply(signal);
        if (rewrites.isRewritten(signal)) {
            debug("Translating signal " + signal + " to " + sent + ".");
        }
        debug(
                sent == 0
                        ? "Not forwarding signal 0 to children (ignored)."
                        : "Forwarded signal " + sent + " to children.");
    }

    @Override
    public void suspending() {
        debug("Suspending self due to TTY signal.");
    }

    @Override
    public void ended(int pid, Children.Change change) {
        orphanEnded(pid, change);
        forwarding(Signal.TERM.number());
    }

    @Override
    public void orphanEnded(int pid, Children.Change change) {
        WaitStatus status = change.status();
        debug("A child with PID " + pid
                + (status.exited()
                        ? " exited with exit status " + status.exitCode()
                        : " was terminated by signal " + status.signal())
                + ".");
    }

    @Override
    public void leaving(int exitCode) {
        debug("Child exited with status " + exitCode + ". Goodbye.");
    }
}
