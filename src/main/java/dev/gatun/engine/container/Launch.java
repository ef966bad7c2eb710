package dev.gatun.engine.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/**
 * One launch, from the image to the container that runs. When it fails or is cancelled, nothing is left. One thread runs
 * it.
 *
 * @param command with everything filled in
 * @param makeRoom refuses where there is no room for it
 * @param cancelled completes when it is not wanted any more
 */
record Launch(
        Engine engine,
        ExecutorService threads,
        PullPolicy policy,
        CreateContainerCmd command,
        Runnable makeRoom,
        CompletableFuture<Void> cancelled) {

    /** @throws LauncherException where there is no container that runs */
    ContainerState run() {
        try {
            provideImage();
            checkWanted();
            makeRoom.run();
        } catch (EngineException failure) {
            throw failed(failure);
        }
        return start(create());
    }

    /** Of a launch that was cancelled. */
    static LauncherException stopped() {
        return new LauncherException(Operation.LAUNCH, "it was stopped before it ran");
    }

    /** Removes the container; what cannot be removed is found by its labels later. */
    void discard(String id) {
        try {
            engine.remove(id);
        } catch (EngineException failure) {
            // The failure that led here is the one to be told.
        }
    }

    private void provideImage() {
        String image = command.getImage();
        boolean isPulled = switch (policy) {
            case ALWAYS -> true;
            case MISSING -> !engine.hasImage(image);
            case NEVER -> false;
        };
        if (isPulled) {
            pull(image);
        } else if (policy == PullPolicy.NEVER && !engine.hasImage(image)) {
            throw new LauncherException(Operation.LAUNCH, "there is no image " + image + ", and pull is never");
        }
    }

    /** In a thread of its own, for an interrupt is what ends it: here it must not hit a request to create something. */
    private void pull(String image) {
        CompletableFuture<Void> pulled = new CompletableFuture<>();
        var work = threads.submit(() -> {
            try {
                engine.pull(image);
                pulled.complete(null);
            } catch (RuntimeException failure) {
                pulled.completeExceptionally(failure);
            }
        });
        try {
            CompletableFuture.anyOf(pulled, cancelled).get();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (ExecutionException failure) {
            throw new LauncherException(
                    Operation.LAUNCH,
                    "cannot pull image " + image + ": " + failure.getCause().getMessage(),
                    failure.getCause());
        } finally {
            work.cancel(true);
        }
    }

    private String create() {
        try {
            return engine.create(command);
        } catch (EngineException failure) {
            removeUnstarted();
            throw failed(failure);
        }
    }

    /** The request may have been carried out and only its answer lost. */
    private void removeUnstarted() {
        try {
            engine.find(command.getLabels()).stream()
                    .filter(FoundContainer::isUnstarted)
                    .forEach(container -> engine.remove(container.id()));
        } catch (EngineException failure) {
            // The failure that led here is the one to be told.
        }
    }

    private ContainerState start(String id) {
        try {
            checkWanted();
            engine.start(id);
            return engine.inspect(id);
        } catch (EngineException failure) {
            discard(id);
            throw failed(failure);
        } catch (LauncherException notWanted) {
            discard(id);
            throw notWanted;
        }
    }

    private void checkWanted() {
        if (cancelled.isDone()) {
            throw stopped();
        }
    }

    private static LauncherException failed(EngineException failure) {
        return new LauncherException(Operation.LAUNCH, failure.getMessage(), failure);
    }
}
