package dev.gatun.spawner;

import static dev.gatun.spawner.FakeSpawner.WEB;
import static dev.gatun.spawner.FakeSpawner.failure;
import static dev.gatun.spawner.FakeSpawner.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherFeature;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import dev.gatun.process.ResourceLimits;
import dev.gatun.process.Stdio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class ExternalProcLauncherTest {

    @Test
    void itIsFoundByItsKind() {
        try (ProcLauncher launcher = ProcLaunchers.open("external", FakeSpawner.settings("plain"))) {
            assertThat(launcher.capabilities().has(LauncherFeature.RECOVER)).isTrue();
            assertThat(launcher.capabilities().has(LauncherFeature.LIMITS)).isTrue();
        }
    }

    @Test
    void aLaunchIsToldWhenItHasStarted() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = spawner.launch("ok");
            assertThat(launched.pid()).isEqualTo(OptionalInt.empty());
            assertThat(launched.handle()).matches("\\d+:h-web");
            assertThat(launched.address()).contains("addr:1");
            assertThat(launched.startedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
            assertThat(launched.stdio()).isEqualTo(new Stdio.ManagedByLauncher());
            assertThat(launched.exit().toCompletableFuture()).isNotDone();
            assertThat(get(spawner.launcher.list()))
                    .containsExactly(new KnownProc(WEB, launched.handle(), OptionalInt.empty()));

            get(spawner.launcher.terminate(WEB, Duration.ofSeconds(5)));
            assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(15, false, Optional.of(List.of())));
            assertThat(get(spawner.launcher.list())).isEmpty();
        }
    }

    @Test
    void pidsAreTold() {
        try (FakeSpawner spawner = FakeSpawner.connected("pid")) {
            assertThat(spawner.launch("ok").pid()).isPresent();
            assertThat(get(spawner.launcher.list()).getFirst().pid()).isPresent();
        }
    }

    @Test
    void exitsAreUnderstood() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.exitOf("exit:3").describe()).isEqualTo("exit code 3");
            assertThat(spawner.exitOf("signal:11").describe()).isEqualTo("SIGSEGV (11), core dumped");
        }
    }

    @Test
    void aProcessThatCouldNotBeStartedIsLaunchedWithItsExit() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = spawner.launch("exit-without-start");
            assertThat(launched.address()).isEmpty();
            assertThat(get(launched.exit()))
                    .isEqualTo(new ProcExit.Failed("no image", Optional.of(List.of("a", "b"))));
        }
    }

    @Test
    void outputIsHandedOn() throws IOException {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = get(spawner.launcher.launch(
                    WEB, LaunchOptions.builder("lines").wantsOutput(true).build()));
            Stdio.Captured captured = (Stdio.Captured) launched.stdio();
            assertThat(text(captured.stdout().stream().readAllBytes())).isEqualTo("one\ntwo\n");
            assertThat(text(captured.stderr().stream().readAllBytes())).isEqualTo("err\n");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aSpawnerThatKeepsTheOutputIsLeftToIt() {
        try (FakeSpawner spawner = FakeSpawner.connected("managed")) {
            assertThat(spawner.launcher.capabilities().has(LauncherFeature.CAPTURED_OUTPUT)).isFalse();
            Launched launched = get(spawner.launcher.launch(
                    WEB, LaunchOptions.builder("ok").wantsOutput(true).build()));
            assertThat(launched.stdio()).isEqualTo(new Stdio.ManagedByLauncher());
        }
    }

    @Test
    void whatTheSpawnerCannotHonourIsRefused() {
        try (FakeSpawner spawner = FakeSpawner.connected("no-limits")) {
            assertThat(failure(spawner.launcher.launch(WEB, LaunchOptions.builder("ok")
                    .limits(ResourceLimits.NONE.withMemoryBytes(1)).build())))
                    .isEqualTo(
                            "launch failed: the external launcher cannot limit memory, processors or the number of processes");
            assertThat(failure(spawner.launcher.launch(
                    WEB, LaunchOptions.builder("ok").diesWithLauncher(false).build())))
                    .startsWith("launch failed: a spawner on stdio ends with its launcher");
        }
    }

    @Test
    void aNameIsUsedOnceAtATime() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched first = spawner.launch("ok");
            assertThat(spawner.launchFailure("ok")).isEqualTo("launch failed: the process web has not ended");
            get(spawner.launcher.kill(WEB));
            assertThat(get(first.exit()).describe()).isEqualTo("SIGKILL (9)");
            assertThat(spawner.launch("ok").handle()).isNotEqualTo(first.handle());
        }
    }

    @Test
    void toStopWhatIsNotThereIsDoneAlready() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            get(spawner.launcher.terminate(new ProcId("nobody"), Duration.ZERO));
            get(spawner.launcher.kill(new ProcId("nobody")));
        }
    }

    @Test
    void manyProcessesAtOnce() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            List<Launched> all = IntStream.range(0, 200)
                    .mapToObj(i -> spawner.ask(new ProcId("p" + i), "ok")).toList().stream().map(FakeSpawner::get)
                    .toList();
            assertThat(get(spawner.launcher.list())).hasSize(200);
            for (int i = 0; i < 200; i++) {
                get(spawner.launcher.kill(new ProcId("p" + i)));
            }
            all.forEach(launched -> assertThat(get(launched.exit()).describe()).isEqualTo("SIGKILL (9)"));
        }
    }

    @Test
    void whenItIsClosedTheSpawnerEndsWhatRuns() {
        FakeSpawner spawner = FakeSpawner.connected("plain");
        Launched launched = spawner.launch("ok");
        spawner.close();
        assertThat(get(launched.exit()).describe()).isEqualTo("SIGTERM (15)");
        assertThat(spawner.log).anyMatch(line -> line.contains("got shutdown  stop"));
        assertThat(spawner.launchFailure("ok")).isEqualTo("launch failed: the launcher is closed");
        spawner.close();
    }

    @Test
    void theLogOfTheSpawnerIsPassedOn() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.awaitLog("spawner: hello from the fake spawner");
        }
    }

    @Test
    void settingsAreCheckedBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> ProcLaunchers.open("external", LauncherSettings.NONE))
                .isInstanceOf(LauncherException.class)
                .hasMessage(
                        "launcher error: the setting command is missing; expected the program that speaks the protocol, "
                                + "and its arguments");
        assertThatThrownBy(() -> ProcLaunchers.open(
                "external", new LauncherSettings(Map.of("command", "no-such-program x"))))
                .hasMessage("launcher error: there is no spawner no-such-program");
        assertThatThrownBy(() -> FakeSpawner.connected("plain", "transport=tcp"))
                .hasMessage("launcher error: the setting transport is \"tcp\"; expected stdio or unix");
        assertThatThrownBy(() -> FakeSpawner.connected("plain", "ping-period=0s"))
                .hasMessage("launcher error: the setting ping-period is \"0s\"; expected at least 1ms");
        assertThatThrownBy(() -> FakeSpawner.connected("plain", "hello=1s"))
                .hasMessageStartingWith(
                        "launcher error: the external launcher has no setting \"hello\"; it has: ack-timeout");
    }
}
