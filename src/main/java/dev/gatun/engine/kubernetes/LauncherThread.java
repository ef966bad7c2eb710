package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The one thread that owns all that a launcher knows, and others that wait for the API server in its place. All are
 * daemons. Thread-safe; once closed, it drops what it is given.
 */
final class LauncherThread implements AutoCloseable {

    private final ScheduledThreadPoolExecutor owner;
    private final ExecutorService requests = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("kubernetes-request-", 0).factory());

    /** It may be another one after an error. */
    private volatile Thread thread;

    LauncherThread(String name) {
        owner = new ScheduledThreadPoolExecutor(1, task -> {
            thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
            return thread;
        });
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has something done on the thread. @return false where that is closed, and nobody is left whom it would concern */
    boolean post(Runnable task) {
        try {
            owner.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Has something done on the thread later; to be cancelled there. */
    Future<?> after(Duration delay, Runnable task) {
        try {
            return owner.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    void every(Duration period, Runnable task) {
        owner.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has something done that waits; its end, good or bad, is told on the thread. */
    <T> CompletionStage<T> ask(Supplier<T> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            requests.execute(() -> {
                try {
                    T value = request.get();
                    if (!post(() -> answer.complete(value))) {
                        answer.complete(value);
                    }
                } catch (RuntimeException failed) {
                    if (!post(() -> answer.completeExceptionally(failed))) {
                        answer.completeExceptionally(failed);
                    }
                }
            });
        } catch (RejectedExecutionException closed) {
            answer.completeExceptionally(closed());
        }
        return answer;
    }

    /** Has something done on the thread that gives a stage. */
    <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            owner.execute(() -> {
                try {
                    task.get().whenComplete((value, failure) -> {
                        if (failure == null) {
                            result.complete(value);
                        } else {
                            result.completeExceptionally(cause(failure));
                        }
                    });
                } catch (RuntimeException failed) {
                    result.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(closed());
        }
        return result;
    }

    /** What was thrown, without what stages put around it. */
    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Waits for what a task begins, not for ever; on the thread itself not at all. */
    void run(Supplier<CompletionStage<Void>> task, Duration timeout) {
        if (Thread.currentThread() == thread) {
            task.get();
            return;
        }
        try {
            stage(task).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unfinished) {
            // As far as it got.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static LauncherException closed() {
        return new LauncherException(LauncherException.Operation.OTHER, "the kubernetes launcher is closed");
    }

    @Override
    public void close() {
        owner.shutdown();
        requests.shutdownNow();
    }
}
