package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Tells of all Pods of a launcher as they change. Where the watch breaks, or the server has forgotten where we were (410),
 * the informer lists them anew and tells the difference. Thread-safe; tells on the client's threads, one at a time.
 */
final class PodWatch implements AutoCloseable {

    private static final int START_SECONDS = 15;

    /**
     * A change.
     *
     * @param isGone whether the Pod is not there any more; it is then as it was seen last
     */
    record News(Pod pod, boolean isGone) {}

    private final SharedIndexInformer<Pod> informer;

    PodWatch(SharedIndexInformer<Pod> informer, Consumer<News> consumer) {
        this.informer = informer;
        // Once it has begun it never gives up, whatever the server says: it may say something else the next time.
        informer.exceptionHandler((hasStarted, failure) -> hasStarted);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                consumer.accept(new News(pod, false));
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                consumer.accept(new News(pod, false));
            }

            @Override
            public void onDelete(Pod pod, boolean isLastStateUnknown) {
                consumer.accept(new News(pod, true));
            }
        });
    }

    /** Waits until all Pods are known. @throws LauncherException with one sentence where that cannot be */
    void start(String namespace) {
        try {
            informer.start().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw refused(namespace, ApiFailure.text(failed.getCause()), failed);
        } catch (TimeoutException silent) {
            throw refused(namespace, "the API server does not answer", silent);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused(namespace, "interrupted", stopped);
        }
    }

    private static LauncherException refused(String namespace, String why, Exception cause) {
        return new LauncherException(
                LauncherException.Operation.OTHER,
                "the pods of the namespace " + namespace + " cannot be watched: " + why,
                cause);
    }

    /** As they were seen last. */
    List<Pod> pods() {
        return informer.getStore().list();
    }

    /** A Pod as it was seen last; empty where it was not seen yet, or is gone. */
    Optional<Pod> find(PodHandle handle) {
        return Optional.ofNullable(informer.getStore().getByKey(handle.namespace() + "/" + handle.name()))
                .filter(pod -> PodHandle.of(pod).equals(handle));
    }

    @Override
    public void close() {
        informer.stop();
    }
}
