package dev.gatun.bench;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.Spawned;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;

/**
 * Spawns very many times under allocation load, and looks whether a child hangs or gets lost, and whether descriptors and
 * memory stay what they were.
 */
final class SpawnStorm {

    private static final long STALL_MILLIS = 5000;
    private static final int LOOKS = 4;

    private final Spawners spawners = new Spawners(Command.of("/bin/true"));
    private final Samples times = new Samples();
    private final Table table = new Table(
            "after spawns",
            "descriptors",
            "RSS kB",
            "RssAnon kB",
            "native memory outside the heap kB",
            "of it foreign memory (`Other`) kB",
            "garbage collections");
    private final List<Long> anonymous = new ArrayList<>();
    private volatile int done;
    private volatile int hung;
    private int lost;

    private void run(int count) throws IOException, JMException {
        startWatching();
        look(0);
        for (int part = 1; part <= LOOKS; part++) {
            int until = (int) ((long) count * part / LOOKS);
            while (done < until) {
                once();
            }
            look(done);
        }
    }

    private void once() {
        long before = System.nanoTime();
        Spawned spawned = spawners.fullTape();
        times.add(System.nanoTime() - before);
        lost += spawners.await(spawned).status().raw() == 0 ? 0 : 1;
        done = done + 1;
    }

    /**
     * A hung child would hang this thread's owner with it, in {@code clone} or in {@code wait4}: so another one watches,
     * and kills the child by its pid.
     */
    private void startWatching() {
        Thread.ofPlatform().daemon().name("stall-watch").start(() -> {
            Libc libc = spawners.libc();
            int last = -1;
            while (true) {
                sleep();
                if (done == last) {
                    for (int pid : ProcSelf.children()) {
                        hung = hung + 1;
                        libc.kill(pid, Signal.KILL.number());
                    }
                }
                last = done;
            }
        });
    }

    private static void sleep() {
        try {
            Thread.sleep(STALL_MILLIS);
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }

    private void look(int spawns) throws IOException, JMException {
        NativeMemory memory = NativeMemory.now();
        anonymous.add(ProcSelf.status("RssAnon"));
        table.row(
                spawns,
                ProcSelf.descriptors(),
                ProcSelf.status("VmRSS"),
                ProcSelf.status("RssAnon"),
                memory.committed(),
                memory.other(),
                Collections.count());
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int count = options.number("count", 10_000);
        SpawnStorm storm = new SpawnStorm();
        try (AllocationLoad load = new AllocationLoad(options.number("threads", 1))) {
            for (int i = 0; i < options.number("warm-up", 3000); i++) {
                storm.spawners.await(storm.spawners.fullTape());
            }
            long before = System.nanoTime();
            storm.run(count);
            storm.print(options.text("gc", "default"), count, (System.nanoTime() - before) / 1e9);
        }
    }

    private void print(String collector, int count, double seconds) {
        System.out.printf(
                "%s collector, allocation load: %d spawns and waits in %s s; spawn median %s µs, p99 %s µs, max %s µs.%n%n",
                collector,
                count,
                Table.format(seconds),
                Table.format(times.medianMicros()),
                Table.format(times.percentileMicros(99)),
                Table.format(times.percentileMicros(100)));
        table.print(System.out);
        System.out.println(Verdict.atMost("hung", hung, 0));
        // By the first quarter the JVM has compiled what it will compile.
        double growth = (double) anonymous.getLast() / anonymous.get(1);
        System.out.println(Verdict.atMost("RssAnon at the end / after the first quarter", growth, 1.05));
        System.out.println(Verdict.atMost("lost (not waited for, or not with status 0)", count - done + lost, 0));
        System.out.println();
    }
}
