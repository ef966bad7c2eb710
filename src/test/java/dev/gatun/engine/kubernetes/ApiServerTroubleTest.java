package dev.gatun.engine.kubernetes;

import static dev.gatun.engine.kubernetes.FakeCluster.exit;
import static dev.gatun.engine.kubernetes.FakeCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server that refuses, forgets, and hangs up: each answer is written down before. */
class ApiServerTroubleTest {

    private static final ProcId ID = new ProcId("job");
    private static final String NAME = PodName.of(ID);
    private static final String PODS = "/api/v1/namespaces/space/pods";
    private static final String SELECTOR = "labelSelector=dev.gatun%2Flauncher%3Dme";
    private static final LaunchOptions OPTIONS =
            LaunchOptions.builder("worker").tailLines(0).build();

    private static final String RUNNING = "{phase: Running, containerStatuses: [{name: main, state: {running: {}}}]}";
    private static final String ENDED =
            "{phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 4}}}]}";

    @TempDir
    private Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() {
        cluster = new FakeCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aQuotaFailsTheLaunchInTheServersWords() {
        String words = "pods \"job\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=5";
        cluster.server().expect().post().withPath(PODS).andReturn(403, status(403, "Forbidden", words)).always();

        try (ProcLauncher launcher = cluster.open("me")) {
            assertFails(launcher.launch(ID, OPTIONS), "launch failed: the API server answered 403: " + words);
        }
    }

    @Test
    void anAnswerWithoutWordsIsToldOfByItsNumber() {
        cluster.server().expect().post().withPath(PODS).andReturn(418, "").always();

        try (ProcLauncher launcher = cluster.open("me")) {
            assertThatThrownBy(() -> get(launcher.launch(ID, OPTIONS)))
                    .cause()
                    .hasMessageStartingWith("launch failed: the API server answered 418");
        }
    }

    @Test
    void aForbiddenListRefusesTheLauncher() {
        cluster.server()
                .expect()
                .get()
                .withPath(PODS + "?" + SELECTOR + "&resourceVersion=0")
                .andReturn(403, status(403, "Forbidden", "pods is forbidden: User \"u\" cannot list"))
                .always();

        assertThatThrownBy(() -> cluster.open("me"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("launcher error: the pods of the namespace space cannot be watched: the API server "
                        + "answered 403: pods is forbidden: User \"u\" cannot list");
    }

    @Test
    void aForbiddenDeletionFailsTheStopAndNotTheProcess() throws Exception {
        try (ProcLauncher launcher = cluster.open("me")) {
            CompletionStage<Launched> launch = launcher.launch(ID, OPTIONS);
            cluster.runs(ID);
            Launched launched = get(launch);
            cluster.server()
                    .expect()
                    .delete()
                    .withPath(PODS + "/" + NAME)
                    .andReturn(403, status(403, "Forbidden", "cannot delete"))
                    .once();

            assertFails(
                    launcher.terminate(ID, Duration.ZERO),
                    "terminate failed: the API server answered 403: cannot delete");
            cluster.delete(ID);

            // Not by our signal, then.
            assertThat(exit(launched.exit())).endsWith("is gone: deleted by somebody else");
        }
    }

    @Test
    void theRequestWhoseAnswerWasLostHasMadeThePod() throws Exception {
        AtomicReference<Pod> made = new AtomicReference<>();
        cluster.server()
                .expect()
                .post()
                .withPath(PODS)
                .andReply(409, request -> {
                    Pod pod = Serialization.unmarshal(request.getBody().readUtf8(), Pod.class);
                    pod.getMetadata().setUid("1");
                    pod.setStatus(pod(RUNNING, "1").getStatus());
                    made.set(pod);
                    return status(409, "AlreadyExists", "pods \"" + NAME + "\" already exists");
                })
                .once();
        cluster.server()
                .expect()
                .get()
                .withPath(PODS + "/" + NAME)
                .andReply(200, request -> made.get())
                .once();

        try (ProcLauncher launcher = cluster.open("me")) {
            assertThat(get(launcher.launch(ID, OPTIONS)).handle()).isEqualTo("space/" + NAME + "/1");
        }
    }

    @Test
    void whatHappenedWhileTheServerHadForgottenWhereWeWereIsNotLost() throws Exception {
        expectList("&resourceVersion=0", "10");
        expectCreation();
        cluster.server()
                .expect()
                .get()
                .withPath(watchFrom("10"))
                .andUpgradeToWebSocket()
                .open()
                .waitFor(100)
                .andEmit(new WatchEvent(pod(RUNNING, "11"), "ADDED"))
                .waitFor(200)
                .andEmit(new WatchEvent(status(410, "Expired", "too old resource version"), "ERROR"))
                .done()
                .once();
        expectList("", "20", pod(ENDED, "19"));
        expectSilentWatch("20");

        try (ProcLauncher launcher = cluster.open("me")) {
            assertThat(exit(get(launcher.launch(ID, OPTIONS)).exit())).isEqualTo("exit code 4");
        }
    }

    @Test
    void aPodThatWentMeanwhileIsGone() throws Exception {
        expectList("&resourceVersion=0", "10");
        expectCreation();
        cluster.server()
                .expect()
                .get()
                .withPath(watchFrom("10"))
                .andUpgradeToWebSocket()
                .open()
                .waitFor(100)
                .andEmit(new WatchEvent(pod(RUNNING, "11"), "ADDED"))
                .waitFor(200)
                .andEmit(new WatchEvent(status(410, "Expired", "too old resource version"), "ERROR"))
                .done()
                .once();
        expectList("", "20");
        expectSilentWatch("20");

        try (ProcLauncher launcher = cluster.open("me")) {
            assertThat(exit(get(launcher.launch(ID, OPTIONS)).exit()))
                    .isEqualTo("pod space/" + NAME + " is gone: deleted by somebody else");
        }
    }

    @Test
    void aWatchThatBreaksGoesOnWhereItWas() throws Exception {
        expectList("&resourceVersion=0", "10");
        expectCreation();
        cluster.server()
                .expect()
                .get()
                .withPath(watchFrom("10"))
                .andUpgradeToWebSocket()
                .open()
                .waitFor(100)
                .andEmit(new WatchEvent(pod(RUNNING, "11"), "ADDED"))
                .done()
                .once();
        cluster.server()
                .expect()
                .get()
                .withPath(watchFrom("11"))
                .andUpgradeToWebSocket()
                .open()
                .waitFor(100)
                .andEmit(new WatchEvent(pod(ENDED, "12"), "MODIFIED"))
                .done()
                .once();
        expectSilentWatch("12");

        try (ProcLauncher launcher = cluster.open("me")) {
            assertThat(exit(get(launcher.launch(ID, OPTIONS)).exit())).isEqualTo("exit code 4");
        }
    }

    /** A server that is away for a moment is asked again. */
    @Test
    void anUnavailableServerIsAskedAgain() throws Exception {
        cluster.server().expect().post().withPath(PODS).andReturn(503, "").times(2);

        try (ProcLauncher launcher = cluster.open("me")) {
            CompletableFuture<Launched> launch =
                    launcher.launch(ID, OPTIONS).toCompletableFuture();
            cluster.runs(ID);

            assertThat(get(launch).handle()).startsWith("space/" + NAME);
        }
    }

    private void expectList(String query, String version, Pod... pods) {
        cluster.server()
                .expect()
                .get()
                .withPath(PODS + "?" + SELECTOR + query)
                .andReturn(
                        200,
                        new PodListBuilder()
                                .withMetadata(new ListMetaBuilder()
                                        .withResourceVersion(version)
                                        .build())
                                .withItems(pods)
                                .build())
                .once();
    }

    private void expectCreation() {
        cluster.server()
                .expect()
                .post()
                .withPath(PODS)
                .andReturn(201, pod("{}", "10"))
                .once();
    }

    private void expectSilentWatch(String version) {
        cluster.server()
                .expect()
                .get()
                .withPath(watchFrom(version))
                .andUpgradeToWebSocket()
                .open()
                .done()
                .always();
    }

    private static String watchFrom(String version) {
        return PODS + "?allowWatchBookmarks=true&" + SELECTOR + "&resourceVersion=" + version
                + "&timeoutSeconds=600&watch=true";
    }

    private static Pod pod(String status, String version) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: space, uid: the-uid, resourceVersion: "%s", labels: {dev.gatun/launcher: me}}
                status: %s
                """.formatted(NAME, version, status), Pod.class);
    }

    private static Status status(int code, String reason, String message) {
        return new StatusBuilder()
                .withApiVersion("v1")
                .withKind("Status")
                .withCode(code)
                .withReason(reason)
                .withMessage(message)
                .withStatus("Failure")
                .build();
    }

    private static void assertFails(CompletionStage<?> stage, String message) {
        assertThatThrownBy(() -> get(stage))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(LauncherException.class)
                .hasMessage(message);
    }
}
