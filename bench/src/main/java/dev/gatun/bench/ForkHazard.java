package dev.gatun.bench;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.Spawned;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What happens to a child that runs Java: the generated {@code fork} and {@code execve}, called straight from Java,
 * beside the tape. A forked child has no other thread than the one that called {@code fork}; when it comes back from the
 * call and a safepoint was on its way in the parent, it waits for a VM thread that it does not have.
 */
final class ForkHazard {

    /** In turn, and not one by one: after a fork the parent pays for its pages again, at each first write. */
    private static final int BLOCK = 20;

    /** Exit status of a forked child whose {@code execve} came back. */
    private static final int EXEC_FAILED = 127;

    /** The number of {@code futex(2)}, in which a thread waits that waits for another one. */
    private static final String FUTEX = System.getProperty("os.arch").equals("aarch64") ? "98" : "202";

    private final Spawners spawners = new Spawners(Command.of("/bin/true"));
    private final Libc libc = spawners.libc();
    private final MemorySegment path;
    private final MemorySegment arguments;
    private final MemorySegment environment;
    private final int timeoutMillis;
    private final Table table = new Table(
            "how, under what", "spawns", "hung", "of these asleep in a futex", "lost", "median µs", "p99 µs", "max µs");
    private int tapesLost;

    private ForkHazard(int timeoutMillis) {
        this.timeoutMillis = timeoutMillis;
        Command command = Command.of("/bin/true");
        path = command.program().allocate(Arena.global());
        arguments = CString.allocateArray(Arena.global(), command.arguments());
        environment = CString.allocateArray(Arena.global(), command.environment());
        // Links the handle here: the child shall have as little left to do as a child that runs Java can have.
        Linux.execve(MemorySegment.NULL, arguments, environment);
    }

    private int forkAndExecute() {
        int pid = Linux.fork();
        if (pid == 0) {
            try {
                Linux.execve(path, arguments, environment);
            } finally {
                Linux._exit(EXEC_FAILED);
            }
        }
        return pid;
    }

    private int walkTape() {
        Spawned spawned = spawners.fullTape();
        spawned.pidfd().close();
        return spawned.pid();
    }

    private void phase(String load, int count) {
        Tally forks = new Tally("generated `fork` + `execve`, " + load);
        Tally tapes = new Tally("tape, " + load);
        for (int done = 0; done < count; done += BLOCK) {
            int block = Math.min(BLOCK, count - done);
            repeat(block, () -> once(forks, this::forkAndExecute));
            repeat(block, () -> once(tapes, this::walkTape));
        }
        forks.addTo(table);
        tapes.addTo(table);
        tapesLost += tapes.hung + tapes.lost;
    }

    private static void repeat(int count, Runnable action) {
        for (int i = 0; i < count; i++) {
            action.run();
        }
    }

    @FunctionalInterface
    private interface Start {
        int pid();
    }

    private void once(Tally tally, Start start) {
        tally.count++;
        try (ExecSignal signal = new ExecSignal(libc)) {
            long before = System.nanoTime();
            int pid = start.pid();
            boolean executed = signal.awaitExec(timeoutMillis);
            long nanos = System.nanoTime() - before;
            if (executed) {
                tally.times.add(nanos);
            } else {
                tally.hung++;
                tally.inFutex += sleepsInFutex(pid) ? 1 : 0;
                libc.kill(pid, Signal.KILL.number());
            }
            boolean good = spawners.await(pid).status().raw() == 0;
            tally.lost += executed && !good ? 1 : 0;
        }
    }

    private static boolean sleepsInFutex(int pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/syscall")).startsWith(FUTEX + " ");
        } catch (IOException notReadable) {
            return false;
        }
    }

    private static final class Tally {
        private final String name;
        private final Samples times = new Samples();
        private int count;
        private int hung;
        private int inFutex;
        private int lost;

        Tally(String name) {
            this.name = name;
        }

        void addTo(Table table) {
            table.row(
                    name,
                    count,
                    hung + " (" + Table.format(100.0 * hung / count) + " %)",
                    inFutex,
                    lost,
                    times.medianMicros(),
                    times.percentileMicros(99),
                    times.percentileMicros(100));
        }
    }

    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        ForkHazard hazard = new ForkHazard(options.number("timeout-ms", 1000));
        for (int i = 0; i < options.number("warm-up", 200); i++) {
            hazard.spawners.await(hazard.walkTape());
        }
        hazard.phase("idle", options.number("idle", 300));
        try (AllocationLoad load = new AllocationLoad(options.number("threads", 2))) {
            hazard.phase("under garbage collection", options.number("loaded", 100));
        }
        System.out.printf(
                "Time from the call to the exec (end of a close-on-exec pipe); hung: no exec within %d ms, then killed.%n%n",
                hazard.timeoutMillis);
        hazard.table.print(System.out);
        System.out.println(Verdict.atMost("children of the tape that hung or got lost", hazard.tapesLost, 0));
        System.out.println();
    }
}
