package dev.gatun.bench;

import dev.gatun.linux.Spawned;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Spawn to exec by JMH. Every call returns at the child's exec; the wait for its end is outside of what is measured. The
 * contender in C is a function in this very process, so that it differs from the others in nothing but itself; its
 * shared object is named by {@code -Dbench.library}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SpawnBenchmark {

    /** Megabytes of live, touched heap. */
    @Param({"0", "1024"})
    public int heapMegabytes;

    private TouchedHeap heap;
    private Spawners spawners;
    private MethodHandle spawnTrue;

    private Spawned spawned;
    private int pid;
    private Process process;

    @Setup
    public void setUp() {
        heap = new TouchedHeap(heapMegabytes);
        spawners = new Spawners(Command.of("/bin/true"));
        SymbolLookup library =
                SymbolLookup.libraryLookup(Path.of(System.getProperty("bench.library")), Arena.global());
        spawnTrue = Linker.nativeLinker()
                .downcallHandle(library.find("spawn_true").orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    @Benchmark
    public void cPosixSpawn() throws Throwable {
        pid = (int) spawnTrue.invokeExact();
    }

    @Benchmark
    public void ffmPosixSpawn() {
        pid = spawners.posixSpawn();
    }

    @Benchmark
    public void tape() {
        spawned = spawners.fullTape();
    }

    @Benchmark
    public void bareTape() {
        spawned = spawners.bareTape();
    }

    @Benchmark
    public void processBuilder() throws IOException {
        process = spawners.processBuilder();
    }

    /** JMH warns of work per invocation where an operation takes less than a millisecond's fraction; these take 50 µs. */
    @TearDown(Level.Invocation)
    public void await() throws InterruptedException {
        if (spawned != null) {
            spawners.await(spawned);
            spawned = null;
        } else if (process != null) {
            process.waitFor();
            process = null;
        } else {
            spawners.await(pid);
        }
    }

    @TearDown
    public void keepHeapUntilHere() {
        if (heap.megabytes() != heapMegabytes) {
            throw new IllegalStateException();
        }
    }
}
