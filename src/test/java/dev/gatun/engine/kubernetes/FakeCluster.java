package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that keeps objects and tells watchers, and a test as its scheduler, kubelet and whoever else. */
final class FakeCluster implements AutoCloseable {

    static final String NAMESPACE = "space";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** It logs every request. Held, for else the level would be forgotten with the logger. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final Path kubeconfig;

    FakeCluster(Path folder) {
        SERVER_LOG.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                responses,
                new KubernetesMixedDispatcher(responses),
                false);
        server.start();
        client = server.createClient();
        kubeconfig = Kubeconfig.write(folder, server.url("/"), NAMESPACE);
    }

    KubernetesMockServer server() {
        return server;
    }

    /** A launcher on it. */
    ProcLauncher open(String launcher, String... more) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kubeconfig", kubeconfig.toString());
        settings.put("launcher", launcher);
        settings.put("image", "worker");
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new KubernetesLauncherProvider().open(new LauncherSettings(settings));
    }

    Pod pod(ProcId id) {
        return client.pods().inNamespace(NAMESPACE).withName(PodName.of(id)).get();
    }

    /** The Pod of a process, once it is there. */
    Pod awaitPod(ProcId id) {
        await("the pod of " + id, () -> pod(id) != null);
        return pod(id);
    }

    /** A Pod of the process that is another one than that. */
    void awaitAnother(ProcId id, Pod than) {
        await("another pod of " + id, () -> {
            Pod there = pod(id);
            return there != null
                    && !there.getMetadata().getUid().equals(than.getMetadata().getUid());
        });
    }

    void awaitNoPod(ProcId id) {
        await("no pod of " + id, () -> pod(id) == null);
    }

    void create(Pod pod) {
        client.pods().inNamespace(NAMESPACE).resource(pod).create();
    }

    /** Sets a Pod's status, given as YAML. */
    void status(ProcId id, String yaml) {
        awaitPod(id);
        client.pods().inNamespace(NAMESPACE).withName(PodName.of(id)).editStatus(pod -> {
            pod.setStatus(Serialization.unmarshal("status: " + yaml, Pod.class).getStatus());
            return pod;
        });
    }

    void runs(ProcId id) {
        status(id, "{phase: Running, podIP: 10.0.0.7, containerStatuses: [{name: main, state: {running: "
                + "{startedAt: '2026-01-02T03:04:05Z'}}}]}");
    }

    void ends(ProcId id, int code) {
        status(id, "{phase: Failed, podIP: 10.0.0.7, containerStatuses: [{name: main, state: {terminated: "
                + "{exitCode: %d, startedAt: '2026-01-02T03:04:05Z'}}}]}".formatted(code));
    }

    /** A Pod stays until its kubelet has let go of it. */
    void hold(ProcId id, String... finalizers) {
        awaitPod(id);
        client.pods().inNamespace(NAMESPACE).withName(PodName.of(id)).edit(pod -> {
            pod.getMetadata().setFinalizers(List.of(finalizers));
            return pod;
        });
    }

    /** As somebody else would. */
    void delete(ProcId id) {
        client.pods().inNamespace(NAMESPACE).withName(PodName.of(id)).delete();
    }

    /** The next deletion that was asked for. */
    String awaitDeletion() throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
            if (request != null && request.getMethod().equals("DELETE")) {
                return request.getBody().readUtf8();
            }
        }
        throw new AssertionError("nobody has asked for a deletion within " + PATIENCE);
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static String exit(CompletionStage<ProcExit> stage) throws Exception {
        return get(stage).describe();
    }

    static void await(String what, Supplier<Boolean> condition) {
        long start = System.nanoTime();
        while (!condition.get()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        client.close();
        while (!isDestroyed()) {
            // Once more, see there.
        }
    }

    /**
     * The mock waits on its event loop until the last events of a watch that was closed are sent, which takes that event
     * loop: so it stands still for some seconds, and its own shutdown, which waits for ten, may be too early.
     */
    private boolean isDestroyed() {
        try {
            server.destroy();
            return true;
        } catch (IllegalStateException early) {
            if (early.getCause() instanceof TimeoutException) {
                return false;
            }
            throw early;
        }
    }
}
