package dev.gatun.simulation;

import java.util.List;
import java.util.Optional;

/** Runs the programs of simulated processes. */
final class Runner {

    private final Kernel kernel;

    Runner(Kernel kernel) {
        this.kernel = kernel;
    }

    void start(SimProcess process, Program program) {
        process.program = program;
        run(process, program.acts());
    }

    /** Drops what it was doing and does this, soon. */
    void run(SimProcess process, List<Act> acts) {
        process.acts = acts;
        process.nextAct = 0;
        process.plan++;
        process.overdue = false;
        next(process, kernel.dice.spread(0, 50_000));
    }

    private void next(SimProcess process, long delay) {
        int plan = process.plan;
        kernel.after(delay, () -> {
            if (process.plan == plan && process.isAlive()) {
                step(process);
            }
        });
    }

    void catchUp(SimProcess process) {
        if (process.overdue && process.life == SimProcess.Life.LIVE) {
            process.overdue = false;
            next(process, 0);
        }
    }

    private void step(SimProcess process) {
        if (process.life == SimProcess.Life.STOPPED) {
            process.overdue = true;
            return;
        }
        if (process.nextAct == process.acts.size()) {
            return;
        }
        Act act = process.acts.get(process.nextAct++);
        kernel.trace(() -> "does " + describe(act) + ": " + process);
        switch (act) {
            case Act.Pause pause -> next(process, pause.nanos());
            case Act.Exit exit -> kernel.deaths.exit(process, exit.code());
            case Act.Die die -> kernel.deaths.kill(process, die.signal(), die.core());
            case Act.Fork fork -> {
                fork(process, fork.child());
                soon(process);
            }
            case Act.NewSession session -> {
                // A leader of a group cannot (setsid(2)).
                if (process.group != process.pid) {
                    kernel.processes.newSession(process);
                }
                soon(process);
            }
            case Act.NewGroup group -> {
                if (process.session != process.pid) {
                    kernel.processes.newGroup(process);
                }
                soon(process);
            }
            case Act.Suspend suspend -> {
                next(process, 0);
                kernel.signals.suspend(process, Signals.STOP);
                kernel.after(suspend.nanos(), () -> kernel.signals.deliver(process, Signals.CONT));
            }
            case Act.DiskWait wait -> diskWait(process, wait.nanos());
            case Act.ChangeUser change -> {
                process.uid = 2000;
                soon(process);
            }
        }
    }

    private static String describe(Act act) {
        return act instanceof Act.Fork ? "Fork" : act.toString();
    }

    private void soon(SimProcess process) {
        next(process, kernel.dice.spread(100, 20_000));
    }

    private void fork(SimProcess parent, Program program) {
        Optional<SimProcess> child = kernel.processes.create(parent, parent.origin);
        child.ifPresent(created -> {
            kernel.trace(() -> "is born: " + created + " of " + parent.pid);
            start(created, program);
        });
    }

    private void diskWait(SimProcess process, long nanos) {
        process.inDiskWait = true;
        kernel.after(nanos, () -> {
            if (process.isAlive()) {
                process.inDiskWait = false;
                kernel.trace(() -> "is back from its uninterruptible wait: " + process);
                kernel.signals.deliverPending(process);
                if (process.isAlive()) {
                    next(process, 0);
                }
            }
        });
    }
}
