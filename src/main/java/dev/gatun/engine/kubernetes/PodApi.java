package dev.gatun.engine.kubernetes;

import dev.gatun.process.LineSplitter;
import dev.gatun.process.Tail;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What we ask the API server for. Its methods wait, each for as long as a request may take, and throw {@link
 * KubernetesClientException}. Thread-safe.
 */
final class PodApi implements AutoCloseable {

    /** What a tail takes in memory at most, whatever its lines. */
    static final int TAIL_BYTES = 1 << 20;

    private static final int TAIL_SECONDS = 4;

    private final KubernetesClient client;
    private final String namespace;

    PodApi(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    Pod create(Pod pod) {
        return client.pods().inNamespace(namespace).resource(pod).create();
    }

    Optional<Pod> get(String name) {
        return Optional.ofNullable(
                client.pods().inNamespace(namespace).withName(name).get());
    }

    /** All Pods of a launcher, kept up to date; not started yet. */
    SharedIndexInformer<Pod> informer(String launcher) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel(PodMarks.LAUNCHER, launcher)
                .runnableInformer(0);
    }

    /**
     * Deletes this very Pod, not another one of its name.
     *
     * @param graceSeconds from SIGTERM to SIGKILL; 0 takes the Pod away without waiting for its node; empty for the
     *     Pod's own, none where it has ended
     * @return whether it was there
     */
    boolean delete(PodHandle handle, OptionalLong graceSeconds) {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withApiVersion("v1")
                .withKind("DeleteOptions")
                .withGracePeriodSeconds(graceSeconds.isPresent() ? graceSeconds.getAsLong() : null)
                .withNewPreconditions()
                .withUid(handle.uid())
                .endPreconditions()
                .build();
        try {
            client.raw(path(handle.name()), "DELETE", options);
            return true;
        } catch (KubernetesClientException failed) {
            if (ApiFailure.isNotFound(failed) || ApiFailure.isConflict(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /** The last lines of what a container wrote; empty where they cannot be had. */
    Optional<List<String>> tail(String name, int lines) {
        HttpRequest request = http().newHttpRequestBuilder()
                .uri(logAddress(name) + "&tailLines=" + lines)
                .build();
        CompletableFuture<HttpResponse<InputStream>> answer = http().sendAsync(request, InputStream.class);
        try {
            HttpResponse<InputStream> response = answer.get(TAIL_SECONDS, TimeUnit.SECONDS);
            try (InputStream log = response.body()) {
                return response.isSuccessful() ? Optional.of(lastLines(log, lines)) : Optional.empty();
            }
        } catch (ExecutionException | TimeoutException | IOException noLog) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<String> lastLines(InputStream log, int lines) throws IOException {
        Tail tail = new Tail(lines, TAIL_BYTES);
        LineSplitter splitter = new LineSplitter(tail::add);
        byte[] bytes = new byte[1 << 13];
        for (int count = log.read(bytes); count >= 0; count = log.read(bytes)) {
            splitter.add(bytes, 0, count);
        }
        splitter.end();
        return tail.lines();
    }

    HttpClient http() {
        return client.getHttpClient();
    }

    /** Where the log is read as it is written, each line behind the time it was written at. */
    String followAddress(String name, Optional<Instant> since) {
        return logAddress(name) + "&follow=true&timestamps=true"
                + since.map(time -> "&sinceTime=" + time).orElse("");
    }

    private String logAddress(String name) {
        String master = client.getMasterUrl().toString();
        return master.replaceAll("/$", "") + path(name) + "/log?container=" + PodMapping.CONTAINER;
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + namespace + "/pods/" + name;
    }

    @Override
    public void close() {
        client.close();
    }
}
