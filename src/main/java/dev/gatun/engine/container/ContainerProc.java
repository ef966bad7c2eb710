package dev.gatun.engine.container;

import dev.gatun.process.Launched;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A process of a launcher, from the wish to have it to the last that is to be done about it. Thread-safe. */
final class ContainerProc {

    private final boolean isNew;
    private final CompletableFuture<Launched> launched = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Null until it runs. Under the lock, which decides between a stop and a container that comes up at that moment. */
    private RunningContainer container;

    /** @param isNew whether its container is made for it; else it is taken up from an earlier launcher */
    ContainerProc(boolean isNew) {
        this.isNew = isNew;
    }

    CompletableFuture<Launched> launched() {
        return launched;
    }

    /** Completes when it is not wanted any more before it runs. */
    CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    /** Completes when nothing is left to be done about it. */
    CompletableFuture<Void> over() {
        return over;
    }

    synchronized Optional<RunningContainer> container() {
        return Optional.ofNullable(container);
    }

    /** @return false where it has been cancelled */
    synchronized boolean becomes(RunningContainer running) {
        if (cancelled.isDone()) {
            return false;
        }
        container = running;
        return true;
    }

    /** @return false where there is nothing to cancel: it runs, or did before this launcher */
    synchronized boolean cancel() {
        return isNew && container == null && (cancelled.complete(null) || cancelled.isDone());
    }

    void fail(RuntimeException failure) {
        over.complete(null);
        launched.completeExceptionally(failure);
    }
}
