package dev.gatun.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A launcher that does what a test says, when it says so, and writes down what it is asked. */
final class ScriptedLauncher implements ProcLauncher {

    static final Instant STARTED_AT = Instant.parse("2026-01-02T03:04:05Z");

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<ProcId, CompletableFuture<Launched>> launches = new ConcurrentHashMap<>();
    private final Map<ProcId, CompletableFuture<ProcExit>> exits = new ConcurrentHashMap<>();
    volatile boolean answersAtOnce = true;
    volatile boolean killIsDeadly = true;
    volatile boolean terminateIsDeadly;
    volatile String refusal = "";

    @Override
    public Capabilities capabilities() {
        return Capabilities.of();
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        asked.add("launch " + id);
        return begin(id);
    }

    @Override
    public CompletionStage<Launched> recover(ProcId id, String handle) {
        asked.add("recover " + id + " by " + handle);
        return begin(id);
    }

    private CompletionStage<Launched> begin(ProcId id) {
        // A name that is launched anew, after the end of the last.
        if (exits.containsKey(id) && exits.get(id).isDone()) {
            exits.remove(id);
            launches.remove(id);
        }
        if (answersAtOnce) {
            started(id);
        }
        return launch(id);
    }

    /** Also before it has been asked for: the test and the supervisor have threads of their own. */
    private CompletableFuture<Launched> launch(ProcId id) {
        return launches.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    private CompletableFuture<ProcExit> exit(ProcId id) {
        return exits.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    void started(ProcId id) {
        launch(id).complete(new Launched(
                OptionalInt.empty(), "handle-of-" + id, Optional.empty(), STARTED_AT, new Stdio.ManagedByLauncher(),
                exit(id)));
    }

    void refused(ProcId id, String why) {
        launch(id).completeExceptionally(new LauncherException(LauncherException.Operation.LAUNCH, why));
    }

    void exited(ProcId id, ProcExit exit) {
        exit(id).complete(exit);
    }

    void dropped(ProcId id) {
        exit(id).completeExceptionally(new IllegalStateException("gone"));
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        asked.add("terminate " + id);
        if (!refusal.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new LauncherException(LauncherException.Operation.TERMINATE, refusal));
        }
        if (terminateIsDeadly) {
            exited(id, new ProcExit.Exited(0, Optional.of(List.of("bye"))));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        asked.add("kill " + id);
        if (killIsDeadly) {
            exited(id, new ProcExit.Signalled(9, false, Optional.of(List.of("argh"))));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        List<KnownProc> known = new ArrayList<>();
        exits.forEach((id, exit) -> known.add(new KnownProc(id, "handle-of-" + id, OptionalInt.empty())));
        return CompletableFuture.completedFuture(known);
    }

    @Override
    public void close() {}
}
