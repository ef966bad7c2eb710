package dev.gatun.run;

import dev.gatun.linux.Children;
import dev.gatun.linux.DescriptorTable;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.Supervisor;
import java.util.List;

/** A PID 1 without a command, which holds the namespaces of others open: it waits for their orphans until it is told. */
final class Pause implements ProcessListener {

    private final Narrator narrator;
    private final EventLoop loop;
    private final SignalFd signals;
    private final Supervisor supervisor;
    private boolean told;

    Pause(Libc libc, boolean closesInherited, Narrator narrator) {
        this.narrator = narrator;
        if (closesInherited) {
            new ProcessControl(libc).close(DescriptorTable.inherited(libc));
        }
        loop = EventLoop.open(libc, problem -> narrator.problem("unexpected failure, going on", problem.toString()));
        signals = SignalFd.open(libc, SignalOwnership.FORWARDABLE);
        loop.watch(signals, Epoll.READABLE, readiness -> onSignals());
        supervisor = new Supervisor(libc, loop, new ProcessTree(libc), () -> 0, this);
    }

    void run() {
        while (!told) {
            loop.runOnce();
        }
        signals.close();
        loop.close();
    }

    private void onSignals() {
        List<SignalFd.Received> received = signals.receive();
        while (!received.isEmpty()) {
            for (SignalFd.Received signal : received) {
                onSignal(signal.signal());
            }
            received = signals.receive();
        }
    }

    private void onSignal(int signal) {
        if (signal == Signal.CHLD.number()) {
            supervisor.reap();
        } else if (signal == Signal.TERM.number() || signal == Signal.INT.number()) {
            told = true;
        }
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        narrator.orphanEnded(pid, change);
    }
}
