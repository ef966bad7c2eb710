package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Signals to simulated processes. */
final class Signals {

    static final int KILL = 9;
    static final int TERM = 15;
    static final int CONT = 18;
    static final int STOP = 19;

    private static final Set<Integer> IGNORED_BY_DEFAULT = Set.of(Deaths.SIGCHLD, 23, 28);
    private static final Set<Integer> STOPPING = Set.of(STOP, 20, 21, 22);

    private final Kernel kernel;

    Signals(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Whether we may signal it. */
    boolean mayWe(SimProcess target) {
        return kernel.weAreRoot() || target.uid == kernel.processes.us.uid;
    }

    void fromUs(SimProcess target, int signal) {
        if (signal != 0) {
            deliver(target, signal);
        }
    }

    /** We want to send one; a stranger must not even be tried. */
    void attempted(SimProcess target, int signal) {
        kernel.trace(() -> "we send signal " + signal + " to " + target);
        if (signal != 0) {
            kernel.witness.signalled(target, signal);
        }
    }

    void deliver(SimProcess target, int signal) {
        if (!target.isAlive()) {
            return;
        }
        if (signal == CONT) {
            resume(target);
        }
        if (target.inDiskWait || signal != KILL && (target.life == SimProcess.Life.STOPPED || target.blocksSignals)) {
            target.pendingSignals.add(signal);
        } else {
            act(target, signal);
        }
    }

    private void act(SimProcess target, int signal) {
        if (signal == KILL) {
            kernel.deaths.kill(target, KILL, false);
        } else if (STOPPING.contains(signal)) {
            suspend(target, signal);
        } else if (signal == TERM && target.program != null) {
            onTerm(target);
        } else if (signal != CONT && !IGNORED_BY_DEFAULT.contains(signal)) {
            kernel.deaths.kill(target, signal, false);
        }
    }

    private void onTerm(SimProcess target) {
        switch (target.program.onTerm()) {
            case Act.Obey obey -> kernel.deaths.kill(target, TERM, false);
            case Act.Ignore ignore -> kernel.trace(() -> "ignores TERM: " + target);
            case Act.Finish finish -> kernel.runner.run(target, finish.acts());
        }
    }

    void suspend(SimProcess target, int signal) {
        if (target.life == SimProcess.Life.LIVE) {
            target.life = SimProcess.Life.STOPPED;
            target.stopSignal = signal;
            target.stopUntold = true;
            kernel.trace(() -> "stops: " + target);
            tellOurs(target);
        }
    }

    private void resume(SimProcess target) {
        if (target.life == SimProcess.Life.STOPPED) {
            target.life = SimProcess.Life.LIVE;
            target.stopUntold = false;
            target.continueUntold = true;
            kernel.trace(() -> "goes on: " + target);
            tellOurs(target);
            deliverPending(target);
            kernel.runner.catchUp(target);
        }
    }

    private void tellOurs(SimProcess child) {
        if (child.parent == kernel.processes.us) {
            kernel.inbox.send(Deaths.SIGCHLD, child.pid);
        }
    }

    /** What was held back gets through, KILL first. */
    void deliverPending(SimProcess target) {
        List<Integer> pending = new ArrayList<>(target.pendingSignals);
        target.pendingSignals.clear();
        if (pending.remove((Integer) KILL)) {
            deliver(target, KILL);
        }
        pending.forEach(signal -> deliver(target, signal));
    }
}
