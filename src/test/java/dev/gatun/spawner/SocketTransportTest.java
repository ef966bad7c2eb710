package dev.gatun.spawner;

import static dev.gatun.spawner.FakeSpawner.WEB;
import static dev.gatun.spawner.FakeSpawner.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spawners that outlive us. */
@ExtendWith(NoFdLeak.class)
class SocketTransportTest {

    private static final String COOKIE = "c00k1e";

    @TempDir
    private Path parent;

    private Path folder;
    private Path socket;
    private Process spawner;

    /** The JDK keeps a socket of its own from the first one on. */
    @BeforeAll
    static void openTheFirstSocketOfTheJdk() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    @BeforeEach
    void makeFolder() {
        folder = parent.resolve("private");
        socket = folder.resolve("s");
    }

    @AfterEach
    void endSpawner() throws InterruptedException {
        if (spawner != null) {
            spawner.destroyForcibly().waitFor();
        }
    }

    /** One that was started by an earlier life of ours. */
    private void runSpawner(String... words) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(folder.resolve("s.cookie"), COOKIE);
            Files.setPosixFilePermissions(folder.resolve("s.cookie"), PosixFilePermissions.fromString("rw-------"));
        }
        ProcessBuilder builder = new ProcessBuilder("python3", FakeSpawner.script().toString());
        builder.command().addAll(List.of(words));
        builder.environment().putAll(Map.of(
                "SPAWNER_PROTOCOL", "1", "SPAWNER_COOKIE", COOKIE, "SPAWNER_SOCKET", socket.toString()));
        spawner = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var output = spawner.inputReader()) {
            String line = output.readLine();
            while (!line.startsWith("1|")) {
                line = output.readLine();
            }
        }
    }

    /** Without a command of its own. */
    private FakeSpawner connected(String... settings) {
        return FakeSpawner.connected("plain", with("command=", settings));
    }

    private String[] with(String first, String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(more, 0, all, 3, more.length);
        all[0] = "transport=unix";
        all[1] = "socket=" + socket;
        all[2] = first;
        return all;
    }

    private FakeSpawner starting(String scenario, String... settings) {
        return FakeSpawner.connected(scenario, with("shutdown-timeout=1s", settings));
    }

    private void crash(FakeSpawner with) {
        // It ends itself; of the launch nothing more is to be known.
        with.ask(new ProcId("bomb"), "crash-before-reply");
    }

    @Test
    void aSpawnerIsStartedWhereNobodyListens() throws IOException {
        try (FakeSpawner fake = starting("leave")) {
            assertThat(fake.exitOf("exit:3").describe()).isEqualTo("exit code 3");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("s.cookie"))))
                    .isEqualTo("rw-------");
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("s", "s.cookie");
        }
    }

    @Test
    void aSpawnerThatRunsIsUsed() throws IOException {
        runSpawner("plain");
        try (FakeSpawner fake = connected()) {
            assertThat(fake.exitOf("exit:3").describe()).isEqualTo("exit code 3");
        }
        assertThat(spawner.isAlive()).isTrue();
    }

    @Test
    void processesAreFoundAgainAfterARestartOfOurs() throws IOException {
        runSpawner("plain");
        LaunchOptions goesOn = LaunchOptions.builder("ok").diesWithLauncher(false).build();
        Launched launched;
        try (FakeSpawner fake = connected()) {
            launched = get(fake.launcher.launch(WEB, goesOn));
        }
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Failed("the launcher was closed"));
        String handle = launched.handle();
        try (FakeSpawner fake = connected()) {
            assertThat(get(fake.launcher.list())).containsExactly(new KnownProc(WEB, handle, OptionalInt.empty()));
            Launched recovered = get(fake.launcher.recover(WEB, handle));
            assertThat(recovered.handle()).isEqualTo(handle);
            assertThat(recovered.startedAt()).hasToString("2026-01-31T12:00:00Z");
            get(fake.launcher.kill(WEB));
            assertThat(get(recovered.exit()).describe()).isEqualTo("SIGKILL (9)");
            assertThat(fake.launch("ok").handle()).isNotEqualTo(handle);
        }
    }

    @Test
    void whatHasEndedSinceOrIsNotKnownIsRecoveredWithItsExit() throws IOException {
        runSpawner("plain");
        String handle;
        try (FakeSpawner fake = connected()) {
            Launched launched = get(fake.launcher.launch(
                    WEB, LaunchOptions.builder("ok").diesWithLauncher(false).build()));
            get(fake.launcher.kill(WEB));
            get(launched.exit());
            handle = launched.handle();
        }
        try (FakeSpawner fake = connected()) {
            assertThat(get(get(fake.launcher.recover(WEB, handle)).exit()).describe()).isEqualTo("SIGKILL (9)");
            assertThat(get(get(fake.launcher.recover(WEB, "1:x")).exit()))
                    .isEqualTo(new ProcExit.Failed("lost by spawner"));
            assertThat(FakeSpawner.failure(fake.launcher.recover(WEB, "x"))).startsWith("launcher error: not a handle");
        }
    }

    @Test
    void processesThatDieWithTheirLauncherAreKilledWhenItIsClosed() throws IOException {
        runSpawner("plain");
        Launched launched;
        try (FakeSpawner fake = connected()) {
            launched = fake.launch("ok");
        }
        assertThat(get(launched.exit()).describe()).isEqualTo("SIGKILL (9)");
        try (FakeSpawner fake = connected()) {
            assertThat(get(fake.launcher.list())).isEmpty();
        }
    }

    @Test
    void aSpawnerThatComesBackIsAskedForItsProcesses() throws Exception {
        Path state = parent.resolve("state");
        runSpawner("plain", state.toString());
        try (FakeSpawner fake = connected()) {
            Launched launched = fake.launch("ok");
            crash(fake);
            assertThat(spawner.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Files.delete(socket);
            runSpawner("plain", state.toString());
            get(fake.launcher.kill(WEB));
            assertThat(get(launched.exit()).describe()).isEqualTo("SIGKILL (9)");
        }
    }

    @Test
    void oursIsStartedAgainWhereTheSocketIsLeftBehind() {
        try (FakeSpawner fake = starting("leave " + parent.resolve("state"))) {
            Launched launched = fake.launch("ok");
            crash(fake);
            fake.awaitLog("connection lost");
            get(fake.launcher.kill(WEB));
            assertThat(get(launched.exit()).describe()).isEqualTo("SIGKILL (9)");
        }
    }

    @Test
    void aSpawnerWithAnotherCookieIsNotUsed() throws IOException {
        runSpawner("wrong-cookie");
        assertThatThrownBy(this::connected)
                .hasMessage("launcher error: no connection to the spawner: "
                        + "hello: answered with another cookie than SPAWNER_COOKIE has");
        assertThat(spawner.isAlive()).isTrue();
    }

    @Test
    void withoutACommandNobodyIsStarted() {
        assertThatThrownBy(this::connected)
                .hasMessage("launcher error: no connection to the spawner: connect(" + socket
                        + "): ENOENT (No such file or directory)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            bad-handshake   ; handshake: field 2, the version of the protocol, is not 1
            other-path      ; handshake: field 4, the socket, is not
            short-handshake ; handshake: expected 1|1|unix|PATH|ndjson, found 1 fields
            dies            ; exit code 4
            """)
    void aSpawnerThatDoesNotListenAsItShouldIsNone(String scenario, String reason) {
        assertThatThrownBy(() -> starting(scenario))
                .hasMessageStartingWith("launcher error: no connection to the spawner: " + reason);
    }

    @Test
    void aSpawnerThatPrintsNothingIsNone() {
        assertThatThrownBy(() -> FakeSpawner.connected("plain", with("command=sleep 1000", "hello-timeout=300ms")))
                .hasMessage("launcher error: no connection to the spawner: handshake: nothing printed within 300 ms");
    }

    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, 0755", "rwxrwxrwx, 0777", "rwx--x---, 0710"})
    void aFolderThatOthersMayEnterIsRefused(String permissions, String mode) throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(this::connected)
                .hasMessage("launcher error: " + folder + " has mode " + mode + "; expected 0700");
    }

    @Test
    void aCookieThatOthersMayReadIsRefused() throws IOException {
        runSpawner("plain");
        Path cookie = folder.resolve("s.cookie");
        Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::connected)
                .hasMessage("launcher error: " + cookie + " has mode 0644; expected 0600");
        Files.delete(cookie);
        Files.createSymbolicLink(cookie, parent.resolve("elsewhere"));
        assertThatThrownBy(this::connected).hasMessage("launcher error: " + cookie + " is not a file");
    }

    @Test
    void aFolderOfSomebodyElseIsRefused() throws IOException {
        runSpawner("plain");
        assertThatThrownBy(() -> new SocketFolder(socket, 12345).cookie())
                .hasMessageMatching("launcher error: .* belongs to user \\d+, not to 12345");
    }

    @Test
    void aListenerThatNeverAcceptsTakesNoMoreThanItsTime() throws IOException {
        Files.createDirectory(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> connected("hello-timeout=300ms"))
                    .hasMessage("launcher error: no connection to the spawner: hello: not answered within 300 ms");
        }
        Files.deleteIfExists(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/a|b", "x", "", "/"})
    void pathsAreChecked(String path) {
        Map<String, String> values = new HashMap<>(Map.of("command", "x", "transport", "unix", "socket", path));
        assertThatThrownBy(() -> ExternalSettings.read(new LauncherSettings(values)))
                .hasMessage("launcher error: the setting socket is \"" + path
                        + "\"; expected the absolute path of a socket, without | and control characters");
    }

    @Test
    void aPathThatIsTooLongIsRefused() {
        socket = folder.resolve("s".repeat(200));
        assertThatThrownBy(this::connected).hasMessageContaining("the address of a socket has 1 to 107 bytes");
    }
}
