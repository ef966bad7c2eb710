package dev.gatun.run;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.Terminal;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import java.util.Optional;

/**
 * Our place between a shell's job control and the child. The shell knows our process group; the child must be able to
 * read from the terminal, be stopped by Ctrl-Z, and come back by {@code fg}.
 *
 * <p>Alone in our group, we give the child a group of its own and hand it the terminal, so that Ctrl-C reaches it once,
 * from the terminal. As part of a pipeline or of a script the group belongs to others too: to take the terminal from
 * them would stop them, so the child then shares our group and gets its signals from the terminal directly.
 */
final class JobControl implements TerminalUse {

    private final Libc libc;
    private final Terminal terminal;
    private final int ownPid;
    private final int ownGroup;
    private final boolean sharedGroup;

    private JobControl(Libc libc, Terminal terminal, int ownPid, int ownGroup, boolean sharedGroup) {
        this.libc = libc;
        this.terminal = terminal;
        this.ownPid = ownPid;
        this.ownGroup = ownGroup;
        this.sharedGroup = sharedGroup;
    }

    /** Empty where there is no controlling terminal. */
    static Optional<JobControl> find(Libc libc, ProcessTree processes) {
        Optional<Terminal> terminal = Terminal.controlling(libc);
        if (terminal.isEmpty()) {
            return Optional.empty();
        }
        int pid = (int) libc.getpid();
        int group = (int) libc.getpgid(0);
        boolean shared = group != pid || hasOtherMembers(processes, group, pid);
        return Optional.of(new JobControl(libc, terminal.get(), pid, group, shared));
    }

    private static boolean hasOtherMembers(ProcessTree processes, int group, int pid) {
        for (ProcStat process : processes.all()) {
            if (process.group() == group && process.pid() != pid) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void prepare(ProcessSetup setup) {
        if (sharedGroup) {
            setup.grouping(ProcessSetup.Grouping.SHARED);
        } else {
            setup.foreground(weAreInForeground() ? Optional.of(terminal.fd()) : Optional.empty());
        }
    }

    /** What the terminal sends to our group reaches the child without us where it is in that group. */
    @Override
    public boolean absorbs(SignalFd.Received signal) {
        return sharedGroup && signal.fromTerminal();
    }

    @Override
    public boolean watchesStops() {
        return true;
    }

    private boolean weAreInForeground() {
        return terminal.foregroundGroup().orElse(-1) == ownGroup;
    }

    /**
     * The child was stopped. By the terminal: then we stop as well, so that the shell sees its job stopped and takes the
     * terminal back. A session leader or PID 1 has no shell above it that could ever continue it; the child goes on at
     * once there, as it would have if it had been in our place.
     */
    @Override
    public void childStopped(SupervisedProcess child, int signal) {
        if (!Signal.isTerminalStop(signal)) {
            return;
        }
        if (ownPid == 1 || libc.getsid(0) == ownPid) {
            child.signal(true, Signal.CONT.number());
        } else if (signal != Signal.TSTP.number() && handTerminalTo(child)) {
            // It was stopped in the background, and fg has overtaken the news of it.
            child.signal(true, Signal.CONT.number());
        } else {
            libc.kill(ownPid, Signal.STOP.number());
        }
    }

    /** We were continued: by {@code fg}, then the shell gave us the terminal and the child is to have it; or by bg. */
    @Override
    public void continued(SupervisedProcess child) {
        handTerminalTo(child);
    }

    /** Gives the child what the shell gave us; whether it has it now. */
    private boolean handTerminalTo(SupervisedProcess child) {
        return !sharedGroup
                && child.isRunning()
                && weAreInForeground()
                && terminal.setForegroundGroup(child.pid());
    }

    /** The child is gone, and with it the group that had the terminal. */
    @Override
    public void childEnded(int childPid) {
        if (!sharedGroup && terminal.foregroundGroup().orElse(-1) == childPid) {
            terminal.setForegroundGroup(ownGroup);
        }
    }
}
