package dev.gatun.engine.systemd;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.Capabilities;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.LauncherFeature;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.Stdio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs each process as a transient unit of systemd. Thread-safe: all state belongs to one thread, which hears of changes
 * by signals of the manager and asks for the state then; and every ten seconds, lest a signal was lost.
 */
final class SystemdProcLauncher implements ProcLauncher {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final UnitContext context;
    private final Capabilities capabilities;
    private final Map<ProcId, ManagedUnit> units = new HashMap<>();
    private boolean isClosed;

    private SystemdProcLauncher(UnitContext context) {
        this.context = context;
        EnumSet<LauncherFeature> features = EnumSet.allOf(LauncherFeature.class);
        if (context.link().isUser()) {
            features.remove(LauncherFeature.USER);
        }
        this.capabilities = new Capabilities(features);
    }

    static SystemdProcLauncher begin(UnitContext context) {
        SystemdProcLauncher launcher = new SystemdProcLauncher(context);
        context.link().listen(launcher.new Changes());
        context.state().scheduleWithFixedDelay(
                () -> launcher.all().forEach(ManagedUnit::read),
                POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
        return launcher;
    }

    private List<ManagedUnit> all() {
        return List.copyOf(units.values());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        requireNonNull(id, "id");
        requireNonNull(options, "options");
        Optional<String> objection = capabilities.objection(SystemdSettings.KIND, options);
        if (objection.isPresent()) {
            return failed(Operation.LAUNCH, objection.get());
        }
        UnitSettings settings;
        try {
            settings = UnitSettings.ofLaunch(options.settings(), context.settings().unit());
        } catch (LauncherException refused) {
            return CompletableFuture.failedStage(refused);
        }
        return inState(() -> {
            if (units.containsKey(id)) {
                return failed(Operation.LAUNCH, "the process " + id + " has not ended");
            }
            ManagedUnit unit = ManagedUnit.of(context, id, options, settings, () -> units.remove(id));
            units.put(id, unit);
            unit.begin();
            return unit.launched();
        });
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        requireNonNull(id, "id");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout);
        }
        return onUnit(id, unit -> unit.terminate(timeout));
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        requireNonNull(id, "id");
        return onUnit(id, ManagedUnit::kill);
    }

    private CompletionStage<Void> onUnit(ProcId id, Function<ManagedUnit, CompletionStage<Void>> action) {
        return inState(() -> {
            ManagedUnit unit = units.get(id);
            return unit == null ? CompletableFuture.completedStage(null) : action.apply(unit);
        });
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        return inState(() -> {
            Map<ProcId, KnownProc> known = new LinkedHashMap<>();
            units.forEach((id, unit) -> unit.known().ifPresent(proc -> known.put(id, proc)));
            Set<ProcId> ours = Set.copyOf(units.keySet());
            CompletableFuture<List<KnownProc>> listed = new CompletableFuture<>();
            context.call(
                    connection -> found(connection, ours).forEach(proc -> known.putIfAbsent(proc.id(), proc)),
                    () -> listed.complete(List.copyOf(known.values())),
                    problem -> listed.completeExceptionally(new LauncherException(
                            Operation.OTHER, "systemd does not tell its units: " + problem.getMessage(), problem)));
            return listed;
        });
    }

    /** The units of our prefix that are not among ours, those that have ended and wait to be recovered included. */
    private List<KnownProc> found(ManagerConnection connection, Set<ProcId> ours) throws BusException {
        List<KnownProc> found = new ArrayList<>();
        for (ManagerConnection.ListedUnit unit : connection.list(UnitName.pattern(context.settings().prefix()))) {
            Optional<ProcId> id = Description.parse(unit.description()).map(Description::id)
                    .filter(named -> UnitName.of(context.settings().prefix(), named).equals(unit.name()));
            if (id.isPresent() && !ours.contains(id.get())) {
                UnitState state = connection.read(unit.name());
                if (state.isThere() && state.hasRun() && !state.invocation().isEmpty()) {
                    boolean runs = !state.isOver() && !state.isLeftOver();
                    found.add(new KnownProc(
                            id.get(),
                            new UnitHandle(unit.name(), state.invocation()).text(),
                            runs ? state.pid() : OptionalInt.empty()));
                }
            }
        }
        return found;
    }

    @Override
    public CompletionStage<Launched> recover(ProcId id, String handle) {
        requireNonNull(id, "id");
        Optional<UnitHandle> parsed = UnitHandle.parse(handle)
                .filter(named -> named.unit().equals(UnitName.of(context.settings().prefix(), id)));
        if (parsed.isEmpty()) {
            return failed(Operation.OTHER, "\"" + handle + "\" is no handle of the process " + id);
        }
        return inState(() -> units.containsKey(id)
                ? failed(Operation.OTHER, "the process " + id + " is known already")
                : recover(id, parsed.get()));
    }

    private CompletionStage<Launched> recover(ProcId id, UnitHandle handle) {
        CompletableFuture<Launched> recovered = new CompletableFuture<>();
        UnitState[] answer = new UnitState[1];
        context.call(
                connection -> {
                    try {
                        connection.reference(handle.unit());
                    } catch (BusException gone) {
                        if (gone.kind() == BusException.Kind.LOST) {
                            throw gone;
                        }
                    }
                    answer[0] = connection.read(handle.unit());
                },
                () -> {
                    UnitState state = answer[0];
                    if (units.containsKey(id)) {
                        recovered.completeExceptionally(new LauncherException(
                                Operation.OTHER, "the process " + id + " is known already"));
                    } else if (!state.isThere() || !state.invocation().equals(handle.invocation())) {
                        recovered.complete(forgotten(handle));
                    } else {
                        ManagedUnit unit =
                                ManagedUnit.found(context, id, handle.unit(), state, () -> units.remove(id));
                        units.put(id, unit);
                        unit.launched().whenComplete((launched, problem) -> {
                            if (problem == null) {
                                recovered.complete(launched);
                            } else {
                                recovered.completeExceptionally(problem);
                            }
                        });
                        unit.observe(state);
                    }
                },
                problem -> recovered.completeExceptionally(new LauncherException(
                        Operation.OTHER, "the unit " + handle.unit() + ": " + problem.getMessage(), problem)));
        return recovered;
    }

    private static Launched forgotten(UnitHandle handle) {
        return new Launched(
                OptionalInt.empty(),
                handle.text(),
                Optional.empty(),
                Instant.now(),
                new Stdio.ManagedByLauncher(),
                CompletableFuture.completedStage(
                        new ProcExit.Failed("systemd knows nothing of the run " + handle.text())));
    }

    /** Does something in the state's thread, where alone units may be touched. */
    private <T> CompletionStage<T> inState(Supplier<CompletionStage<T>> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable task = () -> {
            CompletionStage<T> stage = isClosed ? failed(Operation.OTHER, "the launcher is closed") : action.get();
            stage.whenComplete((value, problem) -> {
                if (problem == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(plain(problem));
                }
            });
        };
        try {
            context.state().execute(task);
        } catch (RejectedExecutionException closed) {
            return failed(Operation.OTHER, "the launcher is closed");
        }
        return result;
    }

    private static Throwable plain(Throwable problem) {
        return problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
    }

    private static <T> CompletionStage<T> failed(Operation operation, String detail) {
        return CompletableFuture.failedStage(new LauncherException(operation, detail));
    }

    @Override
    public void close() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<Void> abandoned = new CompletableFuture<>();
        try {
            context.state().execute(() -> beginClose(gone));
            await(gone, CLOSE_PATIENCE);
            context.state().execute(() -> {
                // What has not gone by now is told as lost.
                all().forEach(ManagedUnit::abandon);
                abandoned.complete(null);
            });
            await(abandoned, CLOSE_PATIENCE);
            context.release();
        } catch (RejectedExecutionException closed) {
            // Somebody else has closed it, or is about to.
        }
    }

    private static void await(CompletableFuture<Void> stage, Duration patience) {
        try {
            stage.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException tooLong) {
            // Enough of waiting.
        }
    }

    private void beginClose(CompletableFuture<Void> gone) {
        isClosed = true;
        CompletableFuture<?>[] exits = all().stream()
                .filter(ManagedUnit::diesWithLauncher)
                .map(unit -> {
                    unit.kill();
                    return unit.exit().toCompletableFuture();
                })
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(exits).thenRun(() -> gone.complete(null));
    }

    /** On threads of others. */
    private final class Changes implements BusLink.Listener {

        @Override
        public void changed(String objectPath) {
            context.post(() -> all().stream()
                    .filter(unit -> unit.objectPath().equals(objectPath))
                    .forEach(ManagedUnit::read));
        }

        @Override
        public void back() {
            context.post(() -> all().forEach(ManagedUnit::reconnected));
        }
    }
}
