package dev.gatun.bench;

import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Many children on one loop: they are started, left alone, and end all at the same instant, because the pipe they read
 * ends. Prints one line of {@code name=value}; {@code bench/run} puts several counts side by side.
 */
final class ManyChildren implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final CString PROGRAM = CString.of("/bin/cat");
    private static final List<CString> ENVIRONMENT = Command.of("/bin/cat").environment();

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Libc libc = new SystemLibc();
    private final EventLoop loop = EventLoop.open(libc, ManyChildren::fail);
    private final Pipe pipe = Pipe.open(libc);
    private final Supervisor supervisor =
            new Supervisor(libc, loop, new ProcessTree(libc), () -> 0.5, new Recorder());
    private final List<SupervisedProcess> processes = new ArrayList<>();
    private final Map<Integer, Integer> exits = new HashMap<>();
    private int exitCount;
    private boolean timeIsUp;

    /** Counts the exits of each pid. All children live at the same time, so none of the numbers is used twice. */
    private final class Recorder implements ProcessListener {
        @Override
        public void onExit(SupervisedProcess process, int pid, Children.Change change) {
            exits.merge(pid, change.status().raw() == 0 ? 1 : 2, Integer::sum);
            exitCount++;
        }
    }

    private static void fail(Throwable problem) {
        throw new IllegalStateException(problem);
    }

    private void start(int count) {
        for (int i = 0; i < count; i++) {
            ProcessSetup setup = new ProcessSetup(PROGRAM, List.of(PROGRAM), ENVIRONMENT)
                    .streams(new Redirect.ToPipe(pipe.readEnd()), new Redirect.Inherit(), new Redirect.Inherit());
            SupervisedProcess process = supervisor.add("child-" + i, setup, Policy.DEFAULT, TreeScope.OWN);
            process.start();
            processes.add(process);
        }
    }

    private void idle(Duration time) {
        timeIsUp = false;
        loop.schedule(time, () -> timeIsUp = true);
        while (!timeIsUp) {
            loop.runOnce();
        }
    }

    private void endAll() {
        pipe.close();
        timeIsUp = false;
        loop.schedule(PATIENCE, () -> timeIsUp = true);
        while (exitCount < processes.size() && !timeIsUp) {
            loop.runOnce();
        }
    }

    private int recordedOnce() {
        int once = 0;
        for (SupervisedProcess process : processes) {
            once += exits.getOrDefault(process.pid(), 0) == 1 ? 1 : 0;
        }
        return once;
    }

    /** Runs all three phases and prints what each took of this thread, which is the loop's, and of memory. */
    private void measure(int count, Duration idle) throws IOException {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("children", (long) count);
        int descriptors = ProcSelf.descriptors();
        long heap = heapBytes();
        long memory = ProcSelf.status("RssAnon");
        figures.put("start_us", cpuMicros(() -> start(count)));
        figures.put("heap_bytes", heapBytes() - heap);
        figures.put("rss_anon_kb", ProcSelf.status("RssAnon") - memory);
        figures.put("descriptors", (long) ProcSelf.descriptors() - descriptors);
        long switches = ProcSelf.contextSwitchesOfThisThread();
        figures.put("idle_us", cpuMicros(() -> idle(idle)));
        figures.put("idle_wakeups", ProcSelf.contextSwitchesOfThisThread() - switches);
        long before = System.nanoTime();
        figures.put("exit_us", cpuMicros(this::endAll));
        figures.put("exit_wall_us", (System.nanoTime() - before) / 1000);
        figures.put("recorded_once", (long) recordedOnce());
        figures.put("recorded", (long) exitCount);
        // The pipe, which the count before included, is closed by now.
        figures.put("descriptors_left", (long) ProcSelf.descriptors() + 2 - descriptors);
        StringBuilder line = new StringBuilder();
        figures.forEach((name, value) -> line.append(name).append('=').append(value).append(' '));
        System.out.println(line.toString().trim());
    }

    private long cpuMicros(Runnable phase) {
        long before = threads.getCurrentThreadCpuTime();
        phase.run();
        return (threads.getCurrentThreadCpuTime() - before) / 1000;
    }

    private static long heapBytes() {
        // Once more for what the first collection has only queued: cleaners run between.
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(50_000_000);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        pipe.close();
        loop.close();
    }

    public static void main(String[] arguments) throws IOException {
        Options options = new Options(arguments);
        for (int i = 0; i < options.number("warm-ups", 5); i++) {
            try (ManyChildren warmUp = new ManyChildren()) {
                warmUp.start(50);
                warmUp.idle(Duration.ofMillis(10));
                warmUp.endAll();
            }
        }
        try (ManyChildren children = new ManyChildren()) {
            children.measure(options.number("children", 1000), Duration.ofMillis(options.number("idle-ms", 3000)));
        }
    }
}
