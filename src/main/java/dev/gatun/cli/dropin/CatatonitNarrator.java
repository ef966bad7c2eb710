package dev.gatun.cli.dropin;

import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.StandardStream;
import dev.gatun.log.LineWriter;
import dev.gatun.process.ProcessSetup;
import dev.gatun.run.Narrator;

/** Tells as catatonit does: to standard error, errors alone unless it was asked for all. */
final class CatatonitNarrator implements Narrator {

    private final Libc libc;
    private final boolean debug;
    private final LineWriter err;

    CatatonitNarrator(Libc libc, boolean debug) {
        this.libc = libc;
        this.debug = debug;
        err = new LineWriter(libc, StandardStream.error(libc));
    }

    static String line(String level, Libc libc, String text) {
        return level + " (catatonit:" + libc.getpid() + "): " + text + "\n";
    }

    private void tell(String level, String text) {
        if (debug) {
            err.write(line(level, libc, text));
        }
    }

    @Override
    public int cannotExecute(CString command, int errno, String sentence, int exitCode) {
        return failed("cannot execute " + command + ": " + Errno.meaning(errno));
    }

    @Override
    public int failed(String sentence) {
        err.write(line("ERROR", libc, sentence));
        return 1;
    }

    @Override
    public void problem(String what, String problem) {
        tell("WARN", what + ": " + problem);
    }

    @Override
    public void started(int pid, CString command, ProcessSetup setup) {
        tell("DEBUG", "started " + command + " as pid " + pid);
    }

    @Override
    public void dropped(SignalFd.Received signal) {
        tell("DEBUG", "not forwarding " + Signal.name(signal.signal()) + ": it is the terminal's, and meant for us");
    }

    @Override
    public void forwarded(Forwarding forwarding) {
        if (!forwarding.delivered()) {
            tell("WARN", "nobody to forward " + Signal.name(forwarding.sent()) + " to");
        }
    }

    @Override
    public void orphanEnded(int pid, Children.Change change) {
        tell("DEBUG", "orphan " + pid + " " + change.status());
    }
}
