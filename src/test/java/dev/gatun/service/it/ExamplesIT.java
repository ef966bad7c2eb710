package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples as they are in the repository, from their start to their end. */
class ExamplesIT {

    private static final Path FOLDER = Path.of("examples/services");

    @TempDir
    private Path folder;

    static List<Example> probed() {
        return List.of(Example.HELLO, Example.MODULE, Example.UVICORN, Example.GUNICORN, Example.PEX, Example.JAVA,
                Example.ANY_EXECUTABLE);
    }

    static List<String> all() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("probed")
    void isReadyDrainsAndEnds(Example example) {
        Dist dist = example.in(folder);
        // For ever: the second TERM ends it.
        dist.write(Dist.STATIC, dist.read(Dist.STATIC).replaceAll("drainSeconds: \\d+", "drainSeconds: 3600"));
        int probe = dist.port(example.probePort());
        try (RunningGatun gatun = dist.service().start()) {
            Http.Answer ready = Http.await(probe, "/ready", 200);
            assertThat(ready.body()).isEqualTo("OK");
            assertThat(ready.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(Http.get(dist.port(example.port()), example.path()).status()).isEqualTo(200);
            assertThat(Http.get(probe, "/live").status()).isEqualTo(200);
            assertThat(Http.get(probe, "/metrics").body()).contains("gatun_service_");
            assertThat(Processes.isAlive(dist.pidIn(example.pidFile()))).isTrue();

            gatun.signal(Kernel.TERM);
            assertThat(Http.await(probe, "/ready", 503).body()).isEqualTo("NOT READY");
            assertThat(Http.get(dist.port(example.port()), example.path()).status())
                    .as("answer of the service while it drains").isEqualTo(200);
            assertThat(Http.get(probe, "/live").status()).isEqualTo(200);

            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(example.afterTerm());
            assertThat(dist.path("var/run")).as("pid files after the end").isEmptyDirectory();
        }
    }

    @Test
    void drainEndsByItself() {
        Dist dist = Example.HELLO.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8081), "/ready", 200);
            long start = System.nanoTime();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
            assertThat(System.nanoTime() - start).as("nanoseconds, with a drain of 2 s").isGreaterThan(1_950_000_000L);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isValidToTheLetter(String name) {
        Dist dist = Dist.example(folder, name);
        Gatun.Ended ended = validate(dist);
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
    }

    private static Gatun.Ended validate(Dist dist) {
        return Environment.neutral(
                Gatun.of("service", "validate", "--strict", "--dist-root", dist.root().toString()), dist.root())
                .finish();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isInTheTable(String name) throws IOException {
        assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("| `" + name + "` |");
    }

    @Test
    void moduleHasItsOwnNameAndNotThatOfADependency() {
        Dist dist = Example.MODULE.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8083), "/ready", 200);
            assertThat(dist.has("var/run/greeter.pid")).isTrue();
            assertThat(gatun.out().text()).contains("greeter").contains("2.1.0");
        }
    }

    @Test
    void scriptIsConfiguredByBothFilesAndTellsByAFileThatItIsReady() {
        Dist dist = Dist.example(folder, "script").edit(Dist.STATIC, "drainSeconds: 1", "drainSeconds: 3600");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^worker: an operator's job, number 3 of queue mail$");
            Await.until("the file", () -> dist.has("var/run/ready"));
            assertThat(dist.read("var/run/ready")).isEqualTo("ready\n");
            assertThat(Processes.limit(dist.pidIn("var/run/worker.pid"), "Max open files")).isEqualTo("1024");

            gatun.signal(Kernel.HUP);
            gatun.out().await("^worker: reading my settings again$");

            gatun.signal(Kernel.TERM);
            Await.until("the end of the file", () -> !dist.has("var/run/ready"));
            assertThat(gatun.hasEnded()).isFalse();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
            List<String> lines = gatun.out().lines("\\{.*\\}");
            assertThat(lines).isNotEmpty().allMatch(line -> line.contains("\"team\":\"examples\""));
            assertThat(gatun.out().lines("(?!\\{|worker: ).*")).as("neither of the launcher nor of the worker")
                    .isEmpty();
        }
    }

    @Test
    void executableTakesThePlaceOfGatun() {
        Dist dist = Dist.example(folder, "executable");
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8092), "/bin/", 200);
            assertThat(Processes.commandLine(gatun.pid())).contains("service/bin/grafana-server");
            assertThat(gatun.processes()).containsExactly(gatun.pid());
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    @Test
    void javaOutputIsCaptured() {
        Dist dist = Example.JAVA.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8091), "/ready", 200);
            Await.until("the log file", () -> dist.has("var/log/hello-java.log")
                    && dist.read("var/log/hello-java.log").contains("hello: listening at port " + dist.port(8090)));
            assertThat(dist.has("var/data/tmp")).isTrue();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
            assertThat(gatun.out().text()).doesNotContain("hello: listening");
            assertThat(dist.read("var/log/hello-java.log")).contains("hello: ending");
        }
    }
}
