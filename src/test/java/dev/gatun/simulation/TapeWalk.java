package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * {@code clone}, and what the child does until it runs its program. We stand still meanwhile ({@code CLONE_VFORK}); the
 * rest of the world does not.
 */
final class TapeWalk {

    private static final int FIRST_FREE_DESCRIPTOR = 3;

    private final Kernel kernel;
    private final ProgramFiles files;
    private final Tape tape;
    private final int supervised;

    TapeWalk(Kernel kernel, ProgramFiles files, Tape tape) {
        this.kernel = kernel;
        this.files = files;
        this.tape = tape;
        supervised = files.supervised(tape.program());
    }

    /** The pid of the child, or {@code -errno} of the clone. */
    long run(MemorySegment pidfd) {
        kernel.witness.launching(supervised);
        int refusal = kernel.faults.onClone();
        if (refusal != 0) {
            kernel.witness.launchFailed(supervised, -1, refusal);
            return -refusal;
        }
        Optional<SimProcess> created = kernel.processes.create(kernel.processes.us, supervised);
        if (created.isEmpty()) {
            kernel.witness.launchFailed(supervised, -1, Faults.EAGAIN);
            return -Faults.EAGAIN;
        }
        SimProcess child = created.get();
        child.leader = true;
        child.start = files.countStart();
        child.blocksSignals = true;
        kernel.trace(() -> "is born on a tape: " + child);
        pidfd.set(ValueLayout.JAVA_INT, 0, (int) kernel.descriptors.install(new PidFile(child)));
        if (isWalked(child)) {
            child.started = true;
            kernel.witness.launched(child);
        } else {
            kernel.deaths.exit(child, 127);
        }
        return child.pid;
    }

    /** Whether no step was violated. */
    private boolean isWalked(SimProcess child) {
        for (int index = 0; true; index++) {
            kernel.spend(500);
            if (kernel.faults.killsOnTape()) {
                kernel.signals.deliver(child, Signals.KILL);
            }
            if (!child.isAlive()) {
                return true;
            }
            Tape.Entry entry = tape.entry(index);
            long result = perform(child, entry);
            if (result == 0 && Calls.of(entry.number()) == Calls.EXECVE) {
                return true;
            }
            entry.store(result);
            if (entry.isViolatedBy(result)) {
                kernel.trace(() -> "step fails with " + result + ": " + Calls.of(entry.number()) + " of " + child);
                kernel.witness.launchFailed(supervised, entry.number(), (int) -result);
                return false;
            }
        }
    }

    private long perform(SimProcess child, Tape.Entry entry) {
        int fault = kernel.faults.onStep();
        if (fault != 0) {
            return -fault;
        }
        return switch (Calls.of(entry.number())) {
            case OPENAT -> FIRST_FREE_DESCRIPTOR;
            case WRITE -> entry.argument(2);
            case DUP3 -> entry.argument(1);
            case GETPID -> child.pid;
            case GETPPID -> child.parent.pid;
            case SETSID -> {
                kernel.processes.newSession(child);
                yield child.pid;
            }
            case SETPGID -> {
                kernel.processes.newGroup(child);
                yield 0;
            }
            case RT_SIGPROCMASK -> {
                child.blocksSignals = false;
                kernel.signals.deliverPending(child);
                yield 0;
            }
            case EXECVE -> execute(child, entry);
            case OTHER -> 0;
        };
    }

    private long execute(SimProcess child, Tape.Entry entry) {
        String path = Abi.stringAt(entry.argument(0));
        boolean shell = path.equals("/bin/sh");
        // The arguments of the shell are its name and the script.
        String script = shell ? Abi.stringAt(Abi.longAt(entry.argument(1) + 8)) : path;
        int errno = files.errno(script, shell);
        if (errno != 0) {
            return -errno;
        }
        Program program = files.nextProgram(script);
        kernel.trace(() -> "executes " + script + ": " + child);
        kernel.runner.start(child, program);
        return 0;
    }
}
