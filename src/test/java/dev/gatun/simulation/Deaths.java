package dev.gatun.simulation;

import java.util.Optional;

/** How processes end and are waited for. */
final class Deaths {

    static final int SIGCHLD = 17;

    private final Kernel kernel;

    Deaths(Kernel kernel) {
        this.kernel = kernel;
    }

    void exit(SimProcess process, int code) {
        end(process, (code & 0xff) << 8);
    }

    void kill(SimProcess process, int signal, boolean core) {
        end(process, signal | (core ? 0x80 : 0));
    }

    private void end(SimProcess process, int waitStatus) {
        process.life = SimProcess.Life.ZOMBIE;
        process.waitStatus = waitStatus;
        process.diedNanos = kernel.now();
        process.inDiskWait = false;
        process.plan++;
        kernel.trace(() -> "dies: " + process + " with status 0x" + Integer.toHexString(waitStatus));
        for (SimProcess orphan : kernel.processes.orphan(process)) {
            if (orphan.isZombie()) {
                tellParent(orphan);
            }
        }
        tellParent(process);
    }

    private void tellParent(SimProcess child) {
        SimProcess parent = child.parent;
        child.toldNanos = kernel.now();
        if (parent == kernel.processes.us) {
            kernel.inbox.send(SIGCHLD, child.pid);
        } else if (parent == kernel.processes.init || parent == kernel.processes.elsewhere) {
            kernel.after(kernel.dice.spread(1_000, 300 * Kernel.NANOS_PER_MILLI), () -> releaseFor(parent, child));
        } else if (parent.program != null && parent.program.waitsForChildren()) {
            kernel.after(kernel.dice.spread(1_000, 5 * Kernel.NANOS_PER_MILLI), () -> releaseFor(parent, child));
        }
    }

    private void releaseFor(SimProcess parent, SimProcess child) {
        if (child.isZombie() && child.parent == parent) {
            kernel.trace(() -> "its parent " + parent.pid + " waits for " + child);
            kernel.processes.release(child);
        }
    }

    /** {@code wait} of ours. */
    void reap(SimProcess child) {
        kernel.processes.release(child);
        kernel.witness.reaped(child);
    }

    /** Some zombie among our children. */
    Optional<SimProcess> zombieOfOurs() {
        return kernel.processes.us.children.stream().filter(SimProcess::isZombie).findFirst();
    }
}
