package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A distribution whose launcher has been replaced by a link to Gatun, and nothing else. */
class DropInNamesIT {

    @TempDir
    private Path folder;

    private static Gatun called(Dist dist, String name, String... arguments) {
        Path link = dist.path("service/bin/linux-amd64/" + name);
        try {
            if (!Files.exists(link)) {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, Gatun.HOME.resolve("bin/gatun"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Environment.neutral(Gatun.of(arguments).calledAs(link), dist.root());
    }

    @Test
    void pythonServiceLauncherFindsItsDistribution() {
        Dist dist = Example.HELLO.in(folder);
        try (RunningGatun gatun = called(dist, "python-service-launcher").start()) {
            Http.await(dist.port(8081), "/ready", 200);
            Gatun.Ended status = called(dist, "python-service-launcher", "-status").finish();
            assertThat(status.code()).isZero();
            assertThat(called(dist, "python-service-launcher", "--check").finish().code()).isZero();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
            assertThat(called(dist, "python-service-launcher", "--mode=status").finish().code()).isEqualTo(1);
        }
    }

    @Test
    void pythonServiceLauncherTakesItsFlags() {
        Dist dist = Dist.shell(folder, "echo $SERVICE_NAME $SERVICE_VERSION");
        Gatun.Ended ended = called(dist, "python-service-launcher",
                "-service-name", "n", "--service-version=v", "--mode", "startup", "ignored").finish();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("\nn v\n");

        Gatun.Ended version = called(dist, "python-service-launcher", "--version").finish();
        assertThat(version.code()).isZero();
        assertThat(version.out()).startsWith("python-service-launcher ").contains("Gatun");

        Gatun.Ended unknown = called(dist, "python-service-launcher", "--no-such-flag").finish();
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("no-such-flag");

        Gatun.Ended mode = called(dist, "python-service-launcher", "--mode", "sideways").finish();
        assertThat(mode.code()).isEqualTo(1);

        assertThat(called(dist, "python-service-launcher", "--help").finish().code()).isZero();
    }

    @Test
    void pythonServiceLauncherRefusesABadFile() {
        Dist dist = Dist.of(folder, "configVersion: 2").manifest("bad", "1");
        Gatun.Ended ended = called(dist, "python-service-launcher").finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("Launch failed: config error:");
    }

    @Test
    void goJavaLauncherBecomesTheService() {
        Dist dist = Example.JAVA.in(folder)
                .write(Dist.STATIC, "configType: java", "configVersion: 1", "serviceName: hello-java",
                        "mainClass: Hello",
                        "classpath: [service/lib/hello.jar]", "args: ['8090']", "env: {MARK: '{{CWD}}'}");
        Gatun run = called(dist, "go-java-launcher", Dist.STATIC, Dist.CUSTOM).in(dist.root());
        try (RunningGatun gatun = run.start()) {
            Http.await(dist.port(8090), "/", 200);
            assertThat(gatun.processes()).containsExactly(gatun.pid());
            assertThat(Processes.words(gatun.pid())).contains("Hello", "-XX:+ExitOnOutOfMemoryError");
            assertThat(Processes.environment(gatun.pid())).anyMatch(entry -> entry.equals("MARK=" + real(dist.root())));
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void goJavaLauncherWithoutArgumentsTellsHowToUseIt() {
        Dist dist = Dist.example(folder, "java");
        Gatun.Ended ended = called(dist, "go-java-launcher").in(dist.root()).finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).isNotBlank();
    }

    @Test
    void goInitStartsTellsAndStops() throws IOException {
        Dist dist = Example.JAVA.in(folder).write(Dist.STATIC, "configType: java", "configVersion: 1",
                "serviceName: hello-java", "mainClass: Hello", "classpath: [service/lib/hello.jar]", "args: ['8090']");
        try (RunningGatun start = goInit(dist, "start").leavesSome().start()) {
            assertThat(start.awaitCode()).as(start.err().text()).isZero();
            Http.await(dist.port(8090), "/", 200);
            long pid = Long.parseLong(dist.read("var/run/hello-java.pid").strip());
            assertThat(Processes.isAlive(pid)).isTrue();
            assertThat(dist.read("var/log/startup.log")).contains("hello: listening");

            Gatun.Ended status = goInit(dist, "status").finish();
            assertThat(status.code()).isZero();
            assertThat(status.out().strip()).isEqualTo("Running");

            assertThat(goInit(dist, "start").finish().code()).as("a second start").isZero();
            assertThat(Long.parseLong(dist.read("var/run/hello-java.pid").strip())).isEqualTo(pid);

            assertThat(goInit(dist, "stop").finish().code()).isZero();
            Await.until("the end", () -> !Processes.isAlive(pid));
            assertThat(dist.has("var/run/hello-java.pid")).isFalse();
            assertThat(goInit(dist, "status").finish().code()).isEqualTo(3);
            assertThat(goInit(dist, "stop").finish().code()).as("a second stop").isZero();
        }
    }

    @Test
    void goInitOfAServiceThatHasDied() {
        Dist dist = Dist.shell(folder, "exit 0").write("var/run/made-up.pid", "99999999");
        dist.write(Dist.STATIC, "configType: executable", "configVersion: 1", "serviceName: made-up",
                "executable: /bin/sh", "anyExecutable: true");
        assertThat(goInit(dist, "status").finish().code()).isEqualTo(1);
    }

    @Test
    void goInitThatCannotTell() {
        Dist dist = Dist.of(folder, "configType: executable", "configVersion: 1", "serviceName: made-up",
                "executable: /bin/sh", "anyExecutable: true").write("var/run/made-up.pid", "rubbish");
        assertThat(goInit(dist, "status").finish().code()).isEqualTo(4);
        assertThat(goInit(Dist.of(folder, "{"), "status").finish().code()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sideways", "start now"})
    void goInitUsage(String words) {
        Dist dist = Dist.example(folder, "executable");
        String[] arguments = words.isEmpty() ? new String[0] : words.split(" ");
        Gatun.Ended ended = goInit(dist, arguments).finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).isNotBlank();
        assertThat(dist.has("var/run/dashboard.pid")).isFalse();
    }

    private static Gatun goInit(Dist dist, String... words) {
        return called(dist, "go-init", words).in(dist.root());
    }
}
