package dev.gatun.engine.container;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.gatun.process.Capabilities;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.Stdio;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs processes as containers. Whatever waits for the engine does so in a virtual thread; there is no platform thread
 * for a process. Containers are found by their labels, so a later launcher with the same token finds those of this one.
 *
 * <p>A container outlives this program when that is killed: nothing in the engine's API would end it. The next launcher
 * with the same token lists it.
 */
final class ContainerLauncher implements ProcLauncher {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration END_OF_THREADS = Duration.ofSeconds(1);
    private static final String HANDLE = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";

    private final Engine engine;
    private final String token;
    private final LauncherSettings settings;
    private final EngineAbilities abilities;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gatun-container-", 0).factory());
    private final CompletableFuture<Void> closes = new CompletableFuture<>();

    /** Those that have not ended. */
    private final Map<ProcId, ContainerProc> live = new ConcurrentHashMap<>();

    /** These, and those of whose containers somebody still reads. */
    private final Set<ContainerProc> unfinished = ConcurrentHashMap.newKeySet();

    private ContainerLauncher(Engine engine, String token, LauncherSettings settings, EngineAbilities abilities) {
        this.engine = engine;
        this.token = token;
        this.settings = settings;
        this.abilities = abilities;
    }

    /** @throws LauncherException for a setting that is unknown or wrong, and where no engine answers */
    static ContainerLauncher open(LauncherSettings settings) {
        settings.allow("container", LaunchSettings.namesWith("host", "token"));
        LaunchSettings.of(settings);
        String token = settings.text("token", System.getProperty("user.name", "default"));
        if (token.isBlank()) {
            throw settings.wrong("token", "a name that is not blank");
        }
        EngineHost host = EngineHost.find(settings.text("host"), System.getenv(), Files::exists);
        Engine engine = new Engine(host);
        try {
            return new ContainerLauncher(engine, token, settings, engine.abilities());
        } catch (EngineException failure) {
            engine.close();
            throw new LauncherException(Operation.OTHER, failure.getMessage(), failure);
        }
    }

    @Override
    public Capabilities capabilities() {
        return abilities.capabilities();
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        requireNonNull(id, "id");
        requireNonNull(options, "options");
        return taken(id, true, Operation.LAUNCH, proc -> {
            LaunchSettings own = LaunchSettings.of(settings, options.settings());
            ContainerLabels labels = new ContainerLabels(
                    token, id.value(), options.tailLines(), own.isKept(), options.diesWithLauncher());
            CreateContainerCmd command = engine.newContainer(image(own));
            new ContainerRequest(options, own, abilities).fill(command, labels.toMap(Instant.now()));
            Launch launch =
                    new Launch(engine, threads, own.pull(), command, () -> makeRoom(id), proc.cancelled());
            return () -> {
                RunningContainer container = running(launch.run(), labels);
                if (!proc.becomes(container)) {
                    launch.discard(container.id());
                    throw Launch.stopped();
                }
                follow(id, proc, container, options.wantsOutput(), proc.launched());
            };
        });
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout);
        }
        return stop(id, Operation.TERMINATE, container -> container.terminate(timeout),
                container -> engine.stop(container, timeout));
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        return stop(id, Operation.KILL, RunningContainer::kill, engine::kill);
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        return answered(Operation.OTHER, () -> engine.find(Map.of(ContainerLabels.LAUNCHER, token)).stream()
                .filter(this::isKnown)
                .map(found -> new KnownProc(new ProcId(found.labels().proc()), found.id(), pid(found)))
                .toList());
    }

    @Override
    public CompletionStage<Launched> recover(ProcId id, String handle) {
        requireNonNull(id, "id");
        requireNonNull(handle, "handle");
        return taken(id, false, Operation.OTHER, proc -> () -> {
            Optional<ContainerState> found = find(handle);
            Optional<ContainerLabels> labels = found.flatMap(state -> ContainerLabels.read(state.labels()))
                    .filter(own -> own.token().equals(token) && own.proc().equals(id.value()));
            if (labels.isEmpty()) {
                lost(id, proc, handle, found.isEmpty() ? "it has no container " + handle
                        : "container " + handle + " is not of this process and this launcher");
            } else if (found.get().isUnstarted()) {
                engine.remove(handle);
                lost(id, proc, handle, "container " + handle + " was never started");
            } else {
                takeUp(id, proc, running(found.get(), labels.get()), found.get().isRunning());
            }
        });
    }

    @Override
    public void close() {
        if (!closes.complete(null)) {
            return;
        }
        List<CompletableFuture<Void>> ends = unfinished.stream()
                .filter(this::endsWithUs)
                .map(ContainerProc::over)
                .toList();
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            threads.shutdownNow();
            threads.awaitTermination(END_OF_THREADS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException incomplete) {
            // The engine does not keep up, or does not answer.
        } finally {
            threads.shutdownNow();
            engine.close();
        }
    }

    private boolean endsWithUs(ContainerProc proc) {
        if (proc.cancel()) {
            return true;
        }
        Optional<RunningContainer> container = proc.container();
        boolean isLive = live.containsValue(proc);
        if (isLive && container.filter(RunningContainer::diesWithLauncher).isPresent()) {
            container.get().kill();
            return true;
        }
        return !isLive;
    }

    private String image(LaunchSettings own) {
        return own.image().orElseThrow(() -> new LauncherException(
                Operation.LAUNCH, "a container needs the setting image, of the launch or of the launcher"));
    }

    /** Registers a process and begins; whatever goes wrong fails the stage, and then it is as if it had never been. */
    private CompletionStage<Launched> taken(
            ProcId id, boolean isNew, Operation operation, Function<ContainerProc, Runnable> preparation) {
        if (closes.isDone()) {
            return CompletableFuture.failedFuture(closed(operation));
        }
        ContainerProc proc = new ContainerProc(isNew);
        if (live.putIfAbsent(id, proc) != null) {
            return CompletableFuture.failedFuture(
                    new LauncherException(operation, "there is a process " + id + " already that has not ended"));
        }
        unfinished.add(proc);
        try {
            Runnable work = preparation.apply(proc);
            threads.execute(() -> attempt(id, proc, operation, work));
        } catch (RejectedExecutionException closed) {
            forget(id, proc, closed(operation));
        } catch (RuntimeException refused) {
            forget(id, proc, refused);
        }
        if (closes.isDone()) {
            proc.cancel();
        }
        return proc.launched().minimalCompletionStage();
    }

    private void attempt(ProcId id, ContainerProc proc, Operation operation, Runnable work) {
        try {
            work.run();
        } catch (LauncherException failure) {
            forget(id, proc, failure);
        } catch (RuntimeException failure) {
            String text = failure instanceof EngineException ? failure.getMessage() : failure.toString();
            forget(id, proc, new LauncherException(operation, text, failure));
        }
    }

    private void forget(ProcId id, ContainerProc proc, RuntimeException failure) {
        live.remove(id, proc);
        unfinished.remove(proc);
        proc.fail(failure);
    }

    private RunningContainer running(ContainerState state, ContainerLabels labels) {
        return new RunningContainer(engine, threads, abilities.followsOutput(), state, labels, closes);
    }

    private void follow(
            ProcId id,
            ContainerProc proc,
            RunningContainer container,
            boolean wantsOutput,
            CompletableFuture<Launched> begun) {
        container.begin(wantsOutput, begun, () -> live.remove(id, proc)).whenComplete((done, failure) -> {
            unfinished.remove(proc);
            proc.over().complete(null);
        });
    }

    /** One that has ended by now is handed over with its exit. */
    private void takeUp(ProcId id, ContainerProc proc, RunningContainer container, boolean isRunning) {
        proc.becomes(container);
        if (isRunning) {
            follow(id, proc, container, false, proc.launched());
        } else {
            CompletableFuture<Launched> begun = new CompletableFuture<>();
            follow(id, proc, container, false, begun);
            begun.thenAccept(launched -> launched.exit().thenRun(() -> proc.launched().complete(launched)));
        }
    }

    private void lost(ProcId id, ContainerProc proc, String handle, String why) {
        live.remove(id, proc);
        unfinished.remove(proc);
        proc.over().complete(null);
        ProcExit exit = new ProcExit.Failed("lost by the container engine: " + why);
        proc.launched().complete(new Launched(
                OptionalInt.empty(),
                handle,
                Optional.empty(),
                Instant.now(),
                new Stdio.ManagedByLauncher(),
                CompletableFuture.completedStage(exit)));
    }

    private Optional<ContainerState> find(String handle) {
        if (!handle.matches(HANDLE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(engine.inspect(handle));
        } catch (EngineException failure) {
            if (failure.is(EngineException.Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Refuses where an earlier launcher's container runs; removes what is left of those that do not. */
    private void makeRoom(ProcId id) {
        for (FoundContainer found : found(id)) {
            if (isOurs(found)) {
                continue;
            }
            if (found.isRunning()) {
                throw new LauncherException(
                        Operation.LAUNCH,
                        "container " + found.id() + " of an earlier launcher runs as " + id
                                + "; recover it or kill it first");
            }
            if (!found.labels().isKept()) {
                engine.remove(found.id());
            }
        }
    }

    private List<FoundContainer> found(ProcId id) {
        return engine.find(Map.of(ContainerLabels.LAUNCHER, token, ContainerLabels.PROC, id.value()));
    }

    private boolean isOurs(FoundContainer found) {
        return unfinished.stream()
                .flatMap(proc -> proc.container().stream())
                .anyMatch(container -> container.id().equals(found.id()));
    }

    /** Whether it runs, or nobody has read how it ended: those that are kept are there long after that. */
    private boolean isKnown(FoundContainer found) {
        return found.isRunning()
                || !found.isUnstarted() && !found.labels().isKept() && !isOurs(found);
    }

    private OptionalInt pid(FoundContainer found) {
        return found.isRunning() ? find(found.id()).map(HostPid.HERE::of).orElse(OptionalInt.empty())
                : OptionalInt.empty();
    }

    private CompletionStage<Void> stop(
            ProcId id,
            Operation operation,
            Function<RunningContainer, CompletionStage<Void>> running,
            Consumer<String> orphan) {
        Optional<ContainerProc> proc = Optional.ofNullable(live.get(requireNonNull(id, "id")));
        try {
            if (proc.isPresent() && proc.get().cancel()) {
                return CompletableFuture.completedStage(null);
            }
            Optional<RunningContainer> container = proc.flatMap(ContainerProc::container);
            if (container.isPresent()) {
                return running.apply(container.get());
            }
            return RunningContainer.begun(threads, operation, () -> found(id).stream()
                    .filter(found -> found.isRunning() && !isOurs(found))
                    .forEach(found -> orphan.accept(found.id())));
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.failedFuture(closed(operation));
        }
    }

    private <T> CompletionStage<T> answered(Operation operation, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(question.get());
                } catch (RuntimeException failure) {
                    answer.completeExceptionally(new LauncherException(operation, failure.getMessage(), failure));
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(closed(operation));
        }
        return answer.minimalCompletionStage();
    }

    private static LauncherException closed(Operation operation) {
        return new LauncherException(operation, "the launcher is closed");
    }
}
