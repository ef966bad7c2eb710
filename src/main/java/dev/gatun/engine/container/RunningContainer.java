package dev.gatun.engine.container;

import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcExit;
import dev.gatun.process.Stdio;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A container from its start to its removal. Two virtual threads follow its outputs where somebody wants them, and one
 * waits for its end. Thread-safe.
 */
final class RunningContainer {

    /** How long the exit waits for its last words. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS_AT_CLOSE = Duration.ofMillis(500);

    /** An engine that has not refused by then has begun. It answers a stop only when that is done. */
    private static final Duration REFUSAL = Duration.ofMillis(250);

    private final Engine engine;
    private final ExecutorService threads;
    private final boolean followsOutput;
    private final ContainerState state;
    private final ContainerLabels labels;
    private final CompletableFuture<Void> launcherCloses;
    private final CompletableFuture<ContainerEnd> ended = new CompletableFuture<>();
    private final CompletableFuture<ProcExit> exit = new CompletableFuture<>();

    /** When a kill of ours has reached it if it still ran. */
    private Instant killedAt = Instant.MAX;

    /**
     * A container that has been started.
     *
     * @param followsOutput see {@link EngineAbilities#followsOutput}
     * @param launcherCloses when it completes, nobody reads the rest of the outputs
     */
    RunningContainer(
            Engine engine,
            ExecutorService threads,
            boolean followsOutput,
            ContainerState state,
            ContainerLabels labels,
            CompletableFuture<Void> launcherCloses) {
        this.engine = engine;
        this.threads = threads;
        this.followsOutput = followsOutput;
        this.state = state;
        this.labels = labels;
        this.launcherCloses = launcherCloses;
    }

    String id() {
        return state.id();
    }

    boolean diesWithLauncher() {
        return labels.diesWithLauncher();
    }

    /**
     * Begins to follow it.
     *
     * @param begun is told of it
     * @param beforeExit is run when it has ended, before the exit is known to others
     * @return completes when all is done and the container removed; never exceptionally
     */
    CompletableFuture<Void> begin(
            boolean wantsOutput, CompletableFuture<Launched> begun, Runnable beforeExit) {
        CompletableFuture<Void> read = CompletableFuture.completedFuture(null);
        Stdio stdio = new Stdio.ManagedByLauncher();
        if (wantsOutput) {
            OutputFollower stdout = new OutputFollower(engine, id(), LogStream.STDOUT, followsOutput);
            OutputFollower stderr = new OutputFollower(engine, id(), LogStream.STDERR, followsOutput);
            stdio = new Stdio.Captured(stdout.output(), stderr.output());
            read = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> stdout.run(ended), threads),
                    CompletableFuture.runAsync(() -> stderr.run(ended), threads));
        }
        Launched launched = new Launched(
                HostPid.HERE.of(state), id(), state.address(), state.startedAt(), stdio,
                exit.minimalCompletionStage());
        CompletableFuture<Void> outputs = read;
        CompletableFuture<Void> watched = CompletableFuture.runAsync(() -> watch(outputs, beforeExit), threads);
        begun.complete(launched);
        return watched;
    }

    CompletionStage<Void> terminate(Duration timeout) {
        Instant kill = Instant.now().plusSeconds(Engine.wholeSeconds(timeout));
        return ending(LauncherException.Operation.TERMINATE, kill, () -> engine.stop(id(), timeout));
    }

    CompletionStage<Void> kill() {
        return ending(LauncherException.Operation.KILL, Instant.now(), () -> engine.kill(id()));
    }

    /** @param kill when the request kills, if it is carried out */
    private CompletionStage<Void> ending(LauncherException.Operation operation, Instant kill, Runnable request) {
        Instant before = killAt(kill);
        return begun(threads, operation, () -> {
            try {
                request.run();
            } catch (EngineException failure) {
                forgetKill(before);
                throw failure;
            }
        });
    }

    private synchronized Instant killAt(Instant time) {
        Instant before = killedAt;
        killedAt = time.isBefore(before) ? time : before;
        return before;
    }

    private synchronized void forgetKill(Instant before) {
        killedAt = before;
    }

    private synchronized boolean wasKilledBy(Instant time) {
        return !time.isBefore(killedAt);
    }

    /** Sends a request that ends a container; one that has ended, or is gone, needs none. */
    static CompletionStage<Void> begun(
            ExecutorService threads, LauncherException.Operation operation, Runnable request) {
        return CompletableFuture.runAsync(request, threads)
                .completeOnTimeout(null, REFUSAL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof EngineException answer && answer.kind() != EngineException.Kind.UNREACHABLE
                            && answer.kind() != EngineException.Kind.REFUSED) {
                        return null;
                    }
                    throw new LauncherException(operation, cause.getMessage(), cause);
                });
    }

    private void watch(CompletableFuture<Void> outputs, Runnable beforeExit) {
        try {
            ContainerEnd end = new EndWatch(engine, id()).await();
            boolean wasKilled = wasKilledBy(Instant.now());
            ended.complete(end);
            Instant deadline = Instant.now().plus(LAST_WORDS);
            Optional<List<String>> tail = tail(deadline);
            within(deadline, CompletableFuture.anyOf(outputs, launcherCloses));
            if (launcherCloses.isDone()) {
                within(Instant.now().plus(LAST_WORDS_AT_CLOSE), outputs);
            }
            beforeExit.run();
            exit.complete(end.exit(wasKilled, tail));
            CompletableFuture.anyOf(outputs, launcherCloses).get();
            if (!labels.isKept()) {
                remove();
            }
        } catch (InterruptedException closed) {
            abandon("the launcher was closed and has left container " + id() + " to itself", beforeExit);
        } catch (ExecutionException | RuntimeException failure) {
            abandon("the launcher lost container " + id() + ": " + failure, beforeExit);
        }
    }

    private void abandon(String reason, Runnable beforeExit) {
        beforeExit.run();
        exit.complete(new ProcExit.Failed(reason));
    }

    private Optional<List<String>> tail(Instant deadline) throws InterruptedException {
        Future<List<String>> tail = threads.submit(new StderrTail(engine, id(), labels.tailLines())::read);
        return within(deadline, tail);
    }

    private static <T> Optional<T> within(Instant deadline, Future<T> future) throws InterruptedException {
        try {
            long millis = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
            return Optional.ofNullable(future.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException incomplete) {
            return Optional.empty();
        }
    }

    private void remove() throws InterruptedException {
        Patience patience = new Patience();
        while (true) {
            try {
                engine.remove(id());
                return;
            } catch (EngineException failure) {
                if (!failure.is(EngineException.Kind.UNREACHABLE)) {
                    return;
                }
            }
            patience.pause();
        }
    }
}
