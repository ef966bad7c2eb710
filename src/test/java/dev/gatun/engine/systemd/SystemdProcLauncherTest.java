package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.it.Await;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit.Exited;
import dev.gatun.process.ProcExit.Failed;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher against everything that can go wrong between it and a manager, which is a fake on a bus of its own. */
class SystemdProcLauncherTest {

    private static final ProcId ID = new ProcId("one");
    private static final String UNIT = "gatun-one.service";

    @TempDir
    private Path folder;

    private PrivateBus bus;
    private FakeManager manager;
    private volatile Consumer<String> onStart = name -> {};

    @BeforeEach
    void begin() throws Exception {
        bus = new PrivateBus(folder);
        manager = new FakeManager(name -> onStart.accept(name));
    }

    @AfterEach
    void end() throws Exception {
        manager.close();
        bus.close();
    }

    @Test
    void tellsOfAnEndThatCameBeforeTheAnswerToTheStart() throws Exception {
        onStart = name -> manager.set(name, FakeManager.exited(3));
        try (ProcLauncher launcher = open()) {
            Launched launched = await(launcher.launch(ID, program().build()));
            assertThat(await(launched.exit())).isEqualTo(new Exited(3, Optional.empty()));
            assertThat(manager.calls()).containsSubsequence("Start " + UNIT, "Reset " + UNIT, "Unref " + UNIT);
        }
    }

    @Test
    void saysWhatTheManagerSaidWhenItRefusesAUnit() throws Exception {
        onStart = name -> {
            throw new FakeManager.Refusal("no more room");
        };
        try (ProcLauncher launcher = open()) {
            LaunchOptions options = program().wantsOutput(true).environment(Map.of("A", "b")).build();
            assertThatThrownBy(() -> await(launcher.launch(ID, options)))
                    .isInstanceOf(LauncherException.class)
                    .hasMessage("launch failed: systemd refused the unit " + UNIT + ": no more room");
            Await.until("no file left", () -> filesOfTheLauncher().isEmpty());
            onStart = name -> manager.set(name, FakeManager.exited(0));
            Launched again = await(launcher.launch(ID, options));
            assertThat(await(again.exit())).isEqualTo(new Exited(0, Optional.of(List.of())));
        }
    }

    @Test
    void aUnitThatIsNeverSeenIsNotLaunched() throws Exception {
        onStart = name -> manager.forget(name);
        try (ProcLauncher launcher = open()) {
            assertThatThrownBy(() -> await(launcher.launch(ID, program().build())))
                    .hasMessage("launch failed: unit disappeared before state could be observed");
        }
    }

    @Test
    void doesNotGuessHowAProcessEndedWhoseUnitVanished() throws Exception {
        onStart = name -> manager.set(name, FakeManager.running(42));
        try (ProcLauncher launcher = open()) {
            Launched launched = await(launcher.launch(ID, program().build()));
            assertThat(launched.pid()).hasValue(42);
            manager.forget(UNIT);
            // Nobody tells of it: the next look does, here the one after the bus was gone.
            breakTheBus();
            assertThat(await(launched.exit())).isEqualTo(
                    new Failed("the unit " + UNIT + " disappeared, and how its process ended with it"));
        }
    }

    @Test
    void findsOutWhatHappenedWhileTheBusWasAway() throws Exception {
        onStart = name -> manager.set(name, FakeManager.running(42));
        try (ProcLauncher launcher = open()) {
            Launched launched = await(launcher.launch(ID, program().build()));
            bus.end();
            Await.until("the loss is noticed", () -> {
                try {
                    await(launcher.list());
                    return false;
                } catch (Exception refused) {
                    return String.valueOf(refused.getMessage()).contains("is gone");
                }
            });
            assertThat(launched.exit().toCompletableFuture()).isNotDone();
            assertThatThrownBy(() -> await(launcher.launch(new ProcId("two"), program().build())))
                    .hasMessageContaining("is gone");
            manager.close();
            bus.begin();
            manager.connect(bus.address());
            manager.set(UNIT, FakeManager.exited(5));
            assertThat(await(launched.exit())).isEqualTo(new Exited(5, Optional.empty()));
            assertThat(manager.calls()).containsSubsequence("Subscribe", "Start " + UNIT, "Subscribe");
        }
    }

    @Test
    void killsAfterTheTimeoutEvenWhenTheBusWasAway() throws Exception {
        onStart = name -> manager.set(name, FakeManager.running(42));
        try (ProcLauncher launcher = open()) {
            await(launcher.launch(ID, program().build()));
            await(launcher.terminate(ID, Duration.ofMillis(100)));
            breakTheBus();
            Await.until("the kill", () -> manager.calls().contains("Kill " + UNIT + " all 9"));
            assertThat(manager.calls()).containsSubsequence("Kill " + UNIT + " all 15", "Kill " + UNIT + " all 9");
        }
    }

    @Test
    void launchesFiftyAtOnce() throws Exception {
        onStart = name -> {
            int number = Integer.parseInt(name.replaceAll("\\D", ""));
            manager.set(name, FakeManager.running(1000 + number));
            manager.set(name, FakeManager.exited(number));
        };
        try (ProcLauncher launcher = open()) {
            List<CompletionStage<Launched>> launches = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                launches.add(launcher.launch(new ProcId("many" + i), program().build()));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(await(await(launches.get(i)).exit())).isEqualTo(new Exited(i, Optional.empty()));
            }
        }
    }

    @Test
    void refusesANameThatRunsAndForgetsOneThatHasEnded() throws Exception {
        onStart = name -> manager.set(name, FakeManager.running(42));
        try (ProcLauncher launcher = open()) {
            Launched first = await(launcher.launch(ID, program().build()));
            assertThatThrownBy(() -> await(launcher.launch(ID, program().build())))
                    .hasMessage("launch failed: the process one has not ended");
            manager.set(UNIT, FakeManager.exited(0));
            await(first.exit());
            assertThat(await(launcher.launch(ID, program().build())).pid()).hasValue(42);
        }
    }

    @Test
    void closingKillsWhatDiesWithItAndNothingElse() throws Exception {
        onStart = name -> manager.set(name, FakeManager.running(42));
        ProcLauncher launcher = open();
        Launched dies = await(launcher.launch(ID, program().build()));
        Launched lives = await(launcher.launch(new ProcId("two"), program().diesWithLauncher(false).build()));
        Thread closing = Thread.ofVirtual().start(launcher::close);
        Await.until("the kill", () -> manager.calls().contains("Kill " + UNIT + " all 9"));
        manager.set(UNIT, FakeManager.exited(9));
        closing.join();
        assertThat(await(dies.exit())).isEqualTo(new Exited(9, Optional.empty()));
        assertThat(await(lives.exit())).isInstanceOf(Failed.class);
        assertThat(manager.calls()).noneMatch(call -> call.startsWith("Kill gatun-two"));
        assertThat(filesOfTheLauncher()).isEmpty();
        launcher.close();
        assertThatThrownBy(() -> await(launcher.launch(ID, program().build()))).hasMessageContaining("is closed");
    }

    @Test
    void saysThatThereIsNoSystemdOnTheBus() {
        assertThatThrownBy(this::openAlone)
                .isInstanceOf(LauncherException.class)
                .hasMessage("launcher error: connect to systemd: tried " + bus.address()
                        + " (there is a bus, but no systemd on it)");
    }

    @Test
    void saysWhereItLookedForABus() throws Exception {
        bus.end();
        assertThatThrownBy(this::openAlone)
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("launcher error: connect to systemd: tried " + bus.address() + " (");
    }

    private void breakTheBus() throws Exception {
        bus.end();
        manager.close();
        bus.begin();
        manager.connect(bus.address());
    }

    private ProcLauncher open() throws Exception {
        manager.connect(bus.address());
        return openAlone();
    }

    private ProcLauncher openAlone() {
        return new SystemdProcLauncherProvider().open(new LauncherSettings(
                Map.of("bus", bus.address(), "folder", folder.toString())));
    }

    private static LaunchOptions.Builder program() {
        return LaunchOptions.builder("/bin/true");
    }

    private List<Path> filesOfTheLauncher() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.(env|out|err)")).toList();
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof Exception problem ? problem : failed;
        }
    }
}
