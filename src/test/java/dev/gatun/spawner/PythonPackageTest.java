package dev.gatun.spawner;

import static dev.gatun.spawner.FakeSpawner.WEB;
import static dev.gatun.spawner.FakeSpawner.failure;
import static dev.gatun.spawner.FakeSpawner.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatun.ffm.Linux;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherFeature;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import dev.gatun.process.ResourceLimits;
import dev.gatun.process.Stdio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Both sides of the protocol: the Python package starts real processes for us. */
@ExtendWith(NoFdLeak.class)
class PythonPackageTest {

    private static final Path SPAWNER = Path.of("examples", "spawners", "local.py").toAbsolutePath();

    private static ProcLauncher open(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("command", "python3 " + SPAWNER));
        settings.putAll(more);
        return ProcLaunchers.open("external", new LauncherSettings(settings));
    }

    private static LaunchOptions.Builder shell(String script) {
        return LaunchOptions.builder("/bin/sh", "-c", script);
    }

    @Test
    void aProcessRunsAndItsOutputComes() throws IOException {
        try (ProcLauncher launcher = open(Map.of())) {
            Launched launched = get(launcher.launch(
                    WEB, shell("echo one; echo err >&2; exit 3").wantsOutput(true).build()));
            assertThat(launched.pid()).isPresent();
            Stdio.Captured captured = (Stdio.Captured) launched.stdio();
            byte[] output = captured.stdout().stream().readAllBytes();
            assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo("one\n");
            assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(3, Optional.of(List.of("err"))));
        }
    }

    @Test
    void stopsArriveAndSignalsAreTold() {
        try (ProcLauncher launcher = open(Map.of())) {
            Launched first = get(launcher.launch(WEB, shell("exec sleep 1000").build()));
            get(launcher.terminate(WEB, Duration.ofSeconds(20)));
            assertThat(get(first.exit()).describe()).isEqualTo("SIGTERM (15)");
            Launched second = get(launcher.launch(WEB, shell("trap '' TERM; sleep 1000 & wait; wait; wait").build()));
            get(launcher.kill(WEB));
            assertThat(get(second.exit()).describe()).isEqualTo("SIGKILL (9)");
        }
    }

    @Test
    void whatCannotBeStartedOrHonouredSaysSo() {
        try (ProcLauncher launcher = open(Map.of())) {
            Launched launched = get(launcher.launch(WEB, LaunchOptions.builder("/no/such/program").build()));
            assertThat(get(launched.exit())).isInstanceOfSatisfying(
                    ProcExit.Failed.class, failed -> assertThat(failed.reason()).contains("/no/such/program"));
            LaunchOptions limited = shell("true").limits(ResourceLimits.NONE.withMemoryBytes(1 << 20)).build();
            assertThat(failure(launcher.launch(WEB, limited)))
                    .isEqualTo(
                            "launch failed: the external launcher cannot limit memory, processors or the number of processes");
        }
    }

    @Test
    void whenTheLauncherIsClosedItsProcessesEnd() {
        Launched launched;
        try (ProcLauncher launcher = open(Map.of())) {
            launched = get(launcher.launch(WEB, shell("exec sleep 1000").build()));
        }
        assertThat(get(launched.exit()).describe()).isEqualTo("SIGTERM (15)");
    }

    /** Wherever those who run tests have put things. */
    private static String classPath() {
        return Stream.of(KilledGatun.class, ExternalProcLauncher.class, Linux.class, JsonMapper.class,
                JsonFactory.class, JsonInclude.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }

    @Test
    void whenGatunIsKilledItsProcessesEndAsWell() throws Exception {
        Process gatun = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath(),
                KilledGatun.class.getName(), "python3", SPAWNER.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        long pid;
        try (var printed = gatun.inputReader()) {
            pid = Long.parseLong(printed.readLine());
        }
        assertThat(gatun.waitFor(30, TimeUnit.SECONDS)).isTrue();
        Optional<ProcessHandle> sleeper = ProcessHandle.of(pid);
        if (sleeper.isPresent()) {
            assertThat(sleeper.get().onExit()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void overASocketProcessesAreFoundAgain(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("private").resolve("s");
        Files.createDirectory(socket.getParent());
        Files.setPosixFilePermissions(
                socket.getParent(), PosixFilePermissions.fromString("rwx------"));
        String cookie = new SocketFolder(socket, (Integer) Files.getAttribute(folder, "unix:uid")).cookie();
        ProcessBuilder builder = new ProcessBuilder("python3", SPAWNER.toString());
        builder.environment().putAll(Map.of(
                "SPAWNER_PROTOCOL", "1", "SPAWNER_COOKIE", cookie, "SPAWNER_SOCKET", socket.toString()));
        Process spawner = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var printed = spawner.inputReader()) {
            assertThat(Handshake.objection(printed.readLine(), socket.toString())).isEmpty();
            Map<String, String> settings = Map.of("transport", "unix", "socket", socket.toString());
            String handle;
            try (ProcLauncher launcher = open(settings)) {
                handle = get(launcher.launch(WEB, shell("exec sleep 1000").diesWithLauncher(false).build())).handle();
            }
            try (ProcLauncher launcher = open(settings)) {
                assertThat(launcher.capabilities().has(LauncherFeature.RECOVER)).isTrue();
                assertThat(get(launcher.list())).singleElement()
                        .satisfies(known -> assertThat(known.handle()).isEqualTo(handle));
                Launched recovered = get(launcher.recover(WEB, handle));
                assertThat(recovered.pid()).isPresent();
                get(launcher.kill(WEB));
                assertThat(get(recovered.exit()).describe()).isEqualTo("SIGKILL (9)");
            }
        } finally {
            spawner.destroy();
            assertThat(spawner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
