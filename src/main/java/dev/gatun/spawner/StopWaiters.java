package dev.gatun.spawner;

import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.LauncherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits to hear that the stop of a process has begun. For the loop's thread. */
final class StopWaiters {

    private record Waiter(LauncherException.Operation operation, CompletableFuture<Void> future, Timer deadline) {}

    private final EventLoop loop;
    private List<Waiter> waiters = new ArrayList<>();

    StopWaiters(EventLoop loop) {
        this.loop = loop;
    }

    /** @param limit after which it has failed: the spawner may be away, and nobody waits for ever */
    void add(LauncherException.Operation operation, CompletableFuture<Void> future, Duration limit) {
        Timer deadline = loop.schedule(limit, () -> future.completeExceptionally(new LauncherException(
                operation, "not acknowledged within " + Deadlines.words(limit))));
        waiters.add(new Waiter(operation, future, deadline));
    }

    /** It has begun, or there is nothing to stop any more. */
    void acknowledge() {
        for (Waiter waiter : take()) {
            waiter.future().complete(null);
        }
    }

    void fail(String detail) {
        for (Waiter waiter : take()) {
            waiter.future().completeExceptionally(new LauncherException(waiter.operation(), detail));
        }
    }

    private List<Waiter> take() {
        List<Waiter> due = waiters;
        waiters = new ArrayList<>();
        due.forEach(waiter -> waiter.deadline().cancel());
        return due;
    }
}
