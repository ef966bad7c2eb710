package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the outside learns of a service, and when. */
class ReadinessIT {

    private static final String SLEEP = "echo here; exec sleep 3600";

    @TempDir
    private Path folder;

    private Dist dist(String script, String... readiness) {
        return Dist.shell(folder, script, "readiness:", "  enabled: true", "  httpPort: 8081",
                "  bindAddress: 127.0.0.1", "  " + String.join("\n  ", readiness));
    }

    @Test
    void withoutACheckWhoRunsIsReady() {
        Dist dist = dist(SLEEP);
        try (RunningGatun gatun = dist.service().start()) {
            assertThat(Http.await(dist.port(8081), "/ready", 200).body()).isEqualTo("OK");
            gatun.out().await("^here$");
        }
    }

    @Test
    void methodsAndPaths() {
        Dist dist = dist(SLEEP, "httpPath: /health", "livePath: ''", "metricsPath: /figures");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(port, "/health", 200);
            assertThat(Http.ask("HEAD", port, "/health").status()).isEqualTo(200);
            assertThat(Http.ask("HEAD", port, "/health").body()).isEmpty();
            assertThat(Http.ask("POST", port, "/health").status()).isEqualTo(405);
            assertThat(Http.ask("DELETE", port, "/health").header("Allow")).contains("GET").contains("HEAD");
            assertThat(Http.get(port, "/ready").status()).isEqualTo(404);
            assertThat(Http.get(port, "/live").status()).isEqualTo(404);
            assertThat(Http.get(port, "/metrics").status()).isEqualTo(404);
            assertThat(Http.get(port, "/figures").status()).isEqualTo(200);
            assertThat(gatun.hasEnded()).isFalse();
        }
    }

    @Test
    void figures() {
        Dist dist = dist("echo here; exit 7", "drainSeconds: 0").append(Dist.STATIC,
                "restart: {policy: on-failure, backoffMinSeconds: 600, backoffMaxSeconds: 600}",
                "memory: {mode: fixed, fixedLimitBytes: 268435456}");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            String figures = Await.value("the end in the figures", () -> Http.tryGet(port, "/metrics")
                    .map(Http.Answer::body).filter(body -> body.contains("outcome=")));
            assertThat(figures).contains("# TYPE gatun_service_")
                    .contains("gatun_service_memory_limit_bytes 2.68435456E8")
                    .contains("state=\"backing_off\"");
            assertThat(Http.get(port, "/ready").status()).isEqualTo(503);
            assertThat(Http.get(port, "/metrics").header("Content-Type")).startsWith("text/plain; version=0.0.4");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(7);
        }
    }

    @Test
    void checkByACommand() throws IOException {
        Dist dist = dist(SLEEP, "check: {exec: [/usr/bin/test, -e, var/good], intervalSeconds: 0.05}");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            assertThat(Http.await(port, "/ready", 503).body()).isEqualTo("NOT READY");
            assertThat(Http.get(port, "/live").status()).isEqualTo(200);
            Files.createFile(dist.path("var/good"));
            Http.await(port, "/ready", 200);
            Files.delete(dist.path("var/good"));
            Http.await(port, "/ready", 503);
            Files.createFile(dist.path("var/good"));
            Http.await(port, "/ready", 200);
            assertThat(gatun.hasEnded()).as("who is not ready runs on").isFalse();
        }
    }

    @Test
    void whoIsNotReadyInTimeHasFailed() {
        Dist dist = dist(SLEEP, "startTimeoutSeconds: 0.5", "check: {tcp: {port: 8080}, intervalSeconds: 0.1}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(124);
        assertThat(ended.out()).contains("not ready within");
    }

    @Test
    void serviceTellsByItself() {
        Path script = TestPython.script(folder, "notify.py");
        Dist dist = Dist.command(folder, List.of(TestPython.interpreter(), script.toString()),
                "streams: {stdin: inherit}", "readiness: {enabled: true, httpPort: 8081, bindAddress: 127.0.0.1,"
                        + " drainSeconds: 0, check: {notify: true}}");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(port, "/ready", 503);
            gatun.type("STATUS=halfway");
            gatun.type("READY=1");
            Http.await(port, "/ready", 200);
            gatun.type("STOPPING=1");
            Http.await(port, "/ready", 503);
            gatun.closeInput();
            assertThat(gatun.await().code()).isZero();
        }
    }

    /** The sub-process is the clock: when it ends, the start would have timed out without a word. */
    @Test
    void serviceThatAsksForMoreTimeGetsIt() {
        Path script = TestPython.script(folder, "notify.py");
        Dist dist = Dist.command(folder, List.of(TestPython.interpreter(), script.toString()),
                "streams: {stdin: inherit}", "readiness: {enabled: true, httpPort: 8081, bindAddress: 127.0.0.1,"
                        + " drainSeconds: 0, startTimeoutSeconds: 4, check: {notify: true}}",
                "subProcesses: {clock: {launchMode: command, executable: /bin/sleep, args: ['6']}}");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^socket ");
            gatun.type("EXTEND_TIMEOUT_USEC=600000000");
            gatun.out().await("sub-process clock exited");
            gatun.type("READY=1");
            Http.await(port, "/ready", 200);
            gatun.closeInput();
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void serviceThatFallsSilentIsStopped() {
        Path script = TestPython.script(folder, "notify.py");
        Dist dist = Dist.command(folder, List.of(TestPython.interpreter(), script.toString()),
                "streams: {stdin: inherit}", "readiness: {check: {notify: true, watchdogSeconds: 0.5}}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^socket ");
            gatun.type("READY=1");
            gatun.type("WATCHDOG=1");
            assertThat(gatun.await().code()).isEqualTo(1);
            assertThat(gatun.out().text()).contains("probe failed");
        }
    }

    /** A message of a process that is not the service's counts for nothing. */
    @Test
    void strangerCannotTell() {
        Path script = TestPython.script(folder, "notify.py");
        Dist dist = Dist.command(folder, List.of(TestPython.interpreter(), script.toString()),
                "streams: {stdin: inherit}", "readiness: {enabled: true, httpPort: 8081, bindAddress: 127.0.0.1,"
                        + " drainSeconds: 0, check: {notify: true}}");
        try (RunningGatun gatun = dist.service().start()) {
            String socket = gatun.out().await("^socket (.*)$").group(1);
            TestPython.runIn(folder, "-c", "import socket,sys; a=sys.argv[1]; "
                    + "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'READY=1', "
                    + "'\\0'+a[1:] if a[0]=='@' else a)", socket);
            gatun.type("STATUS=behind it");
            gatun.out().await("^told STATUS=behind it$");
            assertThat(Http.get(dist.port(8081), "/ready").status()).isEqualTo(503);
            gatun.type("READY=1");
            Http.await(dist.port(8081), "/ready", 200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crashIsNotDrained(boolean checked) {
        Dist dist = dist("echo here; exit 8", "drainSeconds: 3600",
                checked ? "check: {exec: [/bin/true]}" : "livePath: /live");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(8);
    }

    @Test
    void fileWithoutAPort() {
        Dist dist = Dist.shell(folder, SLEEP, "readiness: {filePath: var/run/is-ready, drainSeconds: 0}");
        try (RunningGatun gatun = dist.service().start()) {
            Await.until("the file", () -> dist.has("var/run/is-ready"));
            assertThat(dist.read("var/run/is-ready")).isEqualTo("ready\n");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
        assertThat(dist.has("var/run/is-ready")).isFalse();
    }

    @Test
    void fileOfThePastIsNoWordOfThePresent() {
        Dist dist = Dist.shell(folder, SLEEP,
                "readiness: {filePath: var/run/is-ready, check: {exec: [/bin/false], intervalSeconds: 0.05}}")
                .write("var/run/is-ready", "ready\n");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            Await.until("the end of the old file", () -> !dist.has("var/run/is-ready"));
        }
    }

    @Test
    void drainIsCutShortByTheEndOfTheService() {
        Dist dist = dist("trap 'exit 6' USR1; echo here; while :; do sleep 0.05; done", "drainSeconds: 3600");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            gatun.signal(Kernel.TERM);
            Http.await(dist.port(8081), "/ready", 503);
            gatun.signal(Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(6);
        }
    }

    /** Somebody who asks and never finishes his question must not keep others from an answer. */
    @Test
    void slowClientDoesNotMatter() throws IOException {
        Dist dist = dist(SLEEP, "drainSeconds: 0");
        int port = dist.port(8081);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(port, "/ready", 200);
            try (Socket slow = new Socket("127.0.0.1", port)) {
                slow.getOutputStream().write("GET /rea".getBytes(StandardCharsets.US_ASCII));
                slow.getOutputStream().flush();
                assertThat(Http.get(port, "/ready").status()).isEqualTo(200);
                gatun.signal(Kernel.TERM);
                assertThat(gatun.await().code()).isEqualTo(143);
            }
        }
    }
}
