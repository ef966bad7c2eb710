package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.LauncherException.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts processes of this machine as children of this one, in any JVM: no flags are needed and no signal is touched,
 * since ends are heard of by pidfds. A child leads a process group of its own and, unless asked otherwise, dies with us.
 *
 * <p>It has two daemon threads: one makes the children ({@link SpawnThread} says why), one waits for all of them. A stop
 * reaches all descendants but those that have left the child's tree, group and session; a control group would hold those
 * as well.
 */
public final class NativeProcLauncher implements ProcLauncher {

    private static final Capabilities CAPABILITIES = Capabilities.of(
            LauncherFeature.PID,
            LauncherFeature.CAPTURED_OUTPUT,
            LauncherFeature.RLIMITS,
            LauncherFeature.BINDING,
            LauncherFeature.USER,
            LauncherFeature.WORKING_DIRECTORY,
            LauncherFeature.CGROUP,
            LauncherFeature.EXIT_SIGNAL,
            LauncherFeature.TREE_KILL);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Tail NO_TAIL = new Tail(0, 0);

    private final Libc libc;
    private final NativeSetup setups;
    private final LoopThread loopThread;
    private final EventLoop loop;
    private final SpawnThread spawnThread;
    private final NativeWorld world;
    private final Map<ProcId, NativeLaunch> launches = new ConcurrentHashMap<>();
    private final CountDownLatch allOver = new CountDownLatch(1);
    private volatile boolean isClosed;

    private NativeProcLauncher(Libc libc, LoopThread loopThread) {
        this.libc = libc;
        this.loopThread = loopThread;
        this.loop = loopThread.loop();
        this.spawnThread = new SpawnThread("gatun-spawn");
        this.setups = new NativeSetup(libc, InheritedEnvironment.read(libc));
        this.world = new NativeWorld(libc, loop);
    }

    /**
     * Starts its threads.
     *
     * @throws LauncherException when there are no descriptors left
     */
    public static NativeProcLauncher open() {
        Libc libc = new SystemLibc();
        try {
            return new NativeProcLauncher(libc, LoopThread.start(libc, "gatun-loop"));
        } catch (LinuxException shortage) {
            throw new LauncherException(Operation.OTHER, shortage.getMessage(), shortage);
        }
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        Optional<String> objection = capabilities().objection(ProcLaunchers.DEFAULT_KIND, options);
        if (objection.isEmpty() && !options.settings().isEmpty()) {
            objection = Optional.of("the native launcher has no setting \""
                    + options.settings().keySet().iterator().next() + "\"; it has none");
        }
        if (objection.isPresent()) {
            return failed(Operation.LAUNCH, objection.get());
        }
        if (isClosed) {
            return failed(Operation.LAUNCH, "the launcher is closed");
        }
        NativeLaunch launch = new NativeLaunch(requireNonNull(id), options.diesWithLauncher());
        if (launches.putIfAbsent(id, launch) != null) {
            return failed(Operation.LAUNCH, "there is a process " + id + " already");
        }
        CompletableFuture<Launched> launched = new CompletableFuture<>();
        spawnThread.execute(() -> spawn(launch, options, launched));
        return launched;
    }

    /** On the spawn thread. */
    private void spawn(NativeLaunch launch, LaunchOptions options, CompletableFuture<Launched> launched) {
        List<NativeOutput> outputs = new ArrayList<>(2);
        try {
            ProcessSetup setup = setups.of(options);
            if (options.wantsOutput()) {
                outputs.add(NativeOutput.open(libc, loop, NO_TAIL));
                outputs.add(NativeOutput.open(
                        libc, loop, new Tail(options.tailLines(), options.tailLines() * LineSplitter.MAX_LINE_BYTES)));
                setup.standardOutput(outputs.get(0).redirect()).standardError(outputs.get(1).redirect());
            }
            SpawnResult result = RecordedSpawn.spawn(libc, setup.tape(libc), launch.id().value(), 1);
            outputs.forEach(NativeOutput::closeWriteEnd);
            switch (result) {
                case Spawned spawned -> {
                    launch.spawned(spawned.pid(), () -> loop.post(() -> watch(launch, spawned, outputs)));
                    launched.complete(launch.launched(outputs));
                }
                case SpawnFailure failure -> refuse(launch, outputs, launched, failure.toString(), null);
            }
        } catch (IllegalArgumentException | LinuxException refused) {
            refuse(launch, outputs, launched, refused.getMessage(), refused);
        } catch (RuntimeException | Error unexpected) {
            refuse(launch, outputs, launched, unexpected.toString(), unexpected);
        }
    }

    private void refuse(NativeLaunch launch, List<NativeOutput> outputs, CompletableFuture<Launched> launched,
            String reason, Throwable cause) {
        outputs.forEach(NativeOutput::discard);
        leave(launch);
        launched.completeExceptionally(new LauncherException(Operation.LAUNCH, reason, cause));
    }

    /** On the loop's thread. */
    private void watch(NativeLaunch launch, Spawned spawned, List<NativeOutput> outputs) {
        NativeProc proc = new NativeProc(world, spawned, outputs, exit -> {
            leave(launch);
            launch.over(exit);
        });
        proc.watch();
        launch.watched(proc);
        if (isClosed) {
            endAtClose(launch);
        }
    }

    private void leave(NativeLaunch launch) {
        launches.remove(launch.id());
        if (isClosed && launches.isEmpty()) {
            allOver.countDown();
        }
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        if (timeout.isNegative()) {
            return failed(Operation.TERMINATE, "a timeout is not negative: " + timeout);
        }
        return stop(Operation.TERMINATE, requireNonNull(id), proc -> proc.terminate(timeout));
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        return stop(Operation.KILL, requireNonNull(id), NativeProc::kill);
    }

    private CompletionStage<Void> stop(Operation operation, ProcId id, Consumer<NativeProc> request) {
        NativeLaunch launch = launches.get(id);
        // A spawn may be under way, on a file system that hangs: the request is then for the child that comes of it.
        if (launch == null || launch.deferUntilSpawned(request)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        loop.post(() -> {
            try {
                launch.request(request);
                begun.complete(null);
            } catch (LinuxException refused) {
                begun.completeExceptionally(new LauncherException(operation, refused.getMessage(), refused));
            }
        });
        return begun;
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        List<KnownProc> known = new ArrayList<>();
        for (NativeLaunch launch : launches.values()) {
            launch.known().ifPresent(known::add);
        }
        return CompletableFuture.completedFuture(List.copyOf(known));
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        loop.post(() -> {
            launches.values().forEach(this::endAtClose);
            if (launches.isEmpty()) {
                allOver.countDown();
            }
        });
        try {
            allOver.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        // Whoever has a parent death signal and has outlived the KILLs gets another by the end of this thread.
        spawnThread.close();
        loopThread.close();
    }

    private void endAtClose(NativeLaunch launch) {
        try {
            launch.request(launch.diesWithLauncher() ? NativeProc::kill : NativeProc::abandon);
        } catch (LinuxException refused) {
            loop.report(refused);
        }
    }

    private static <T> CompletionStage<T> failed(Operation operation, String reason) {
        return CompletableFuture.failedFuture(new LauncherException(operation, reason));
    }
}
