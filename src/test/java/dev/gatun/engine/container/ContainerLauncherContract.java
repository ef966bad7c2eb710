package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Ulimit;
import dev.gatun.it.Await;
import dev.gatun.linux.Rlimit;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherFeature;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import dev.gatun.process.Stdio;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds with every engine, tried on one that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ContainerLauncherContract {

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String WAIT = "while :; do sleep 0.05; done";

    /** Podman's own default is more than root may have inside of a container. */
    private static final Rlimit PROCESSES = new Rlimit(Rlimit.Resource.NPROC, 1000, 1000);

    private PrivateEngine engine;

    abstract PrivateEngine newEngine() throws IOException;

    @BeforeAll
    final void startEngine() throws Exception {
        engine = newEngine();
        try {
            engine.begin();
        } catch (Throwable failure) {
            engine.close();
            throw failure;
        }
    }

    @AfterAll
    final void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @AfterEach
    final void nothingIsLeftBehind() {
        engine.client().listContainersCmd().withShowAll(true).exec().forEach(container -> engine.client()
                .removeContainerCmd(container.getId()).withForce(true).exec());
    }

    final PrivateEngine engine() {
        return engine;
    }

    final ProcLauncher open(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "host", engine.host(), "image", PrivateEngine.IMAGE, "pull", "never", "token", "test"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return ProcLaunchers.open("container", new LauncherSettings(settings));
    }

    static LaunchOptions.Builder shell(String script) {
        return LaunchOptions.builder("sh", "-c", script);
    }

    static Launched run(ProcLauncher launcher, String name, LaunchOptions.Builder options) {
        return await(launcher.launch(new ProcId(name), options.build()));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof LauncherException refused) {
                throw refused;
            }
            throw failure;
        }
    }

    static ProcExit exit(Launched launched) {
        return await(launched.exit());
    }

    static Optional<List<String>> tail(String... lines) {
        return Optional.of(List.of(lines));
    }

    static String line(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = output.read(); c != '\n'; c = output.read()) {
            assertThat(c).as("a byte after \"%s\"", line).isNotNegative();
            line.append((char) c);
        }
        return line.toString();
    }

    final void exec(String container, String... command) throws InterruptedException {
        String id = engine.client().execCreateCmd(container).withCmd(command).exec().getId();
        engine.client().execStartCmd(id).exec(new ResultCallback.Adapter<>())
                .awaitCompletion();
    }

    private static String stdout(Launched launched) throws IOException {
        try (InputStream stream = ((Stdio.Captured) launched.stdio()).stdout().stream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String commandLine(int pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    private InspectContainerResponse inspect(Launched launched) {
        return engine.client().inspectContainerCmd(launched.handle()).exec();
    }

    private List<Container> containers() {
        return engine.client().listContainersCmd().withShowAll(true).exec();
    }

    private void awaitNoContainers() {
        Await.until("no containers", () -> containers().isEmpty());
    }

    @Test
    void aProcessRunsIsHeardAndLeavesNothing() throws IOException {
        try (ProcLauncher launcher = open()) {
            Instant before = Instant.now();
            Launched launched = run(launcher, "hello", shell("echo hello; echo one >&2; echo two >&2; exit 3")
                    .wantsOutput(true));
            assertThat(launched.handle()).hasSize(64);
            assertThat(launched.startedAt()).isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
            Stdio.Captured captured = (Stdio.Captured) launched.stdio();
            try (InputStream out = captured.stdout().stream(); InputStream err = captured.stderr().stream()) {
                assertThat(new String(out.readAllBytes())).isEqualTo("hello\n");
                assertThat(new String(err.readAllBytes())).isEqualTo("one\ntwo\n");
            }
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(3, tail("one", "two")));
            awaitNoContainers();
            assertThat(await(launcher.list())).isEmpty();
        }
    }

    @Test
    void theTailComesWithoutCapturedOutputTooAndAfterAFloodOfTheOther() {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(
                    launcher, "flood", shell("seq 1 5 >&2; seq 1 30000").tailLines(3));
            assertThat(launched.stdio()).isInstanceOf(Stdio.ManagedByLauncher.class);
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(0, tail("3", "4", "5")));
            assertThat(exit(run(launcher, "none", shell("echo x >&2").tailLines(0))))
                    .isEqualTo(new ProcExit.Exited(0, tail()));
        }
    }

    @Test
    void aReaderThatIsBehindLosesNothing() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "writer", shell("seq 1 100000; echo end >&2").wantsOutput(true));
            InputStream output = ((Stdio.Captured) launched.stdio()).stdout().stream();
            assertThat(line(output)).isEqualTo("1");
            // It has ended, and most of what it wrote is still unread.
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(0, tail("end")));
            assertThat(containers()).hasSize(1);
            for (int i = 2; i <= 100_000; i++) {
                assertThat(line(output)).isEqualTo(Integer.toString(i));
            }
            assertThat(output.read()).isEqualTo(-1);
            awaitNoContainers();
        }
    }

    @Test
    void codesThatMayBeSignalsAreCodes() {
        try (ProcLauncher launcher = open()) {
            assertThat(exit(run(launcher, "code", shell("exit 143")))).isEqualTo(new ProcExit.Exited(143, tail()));
            Launched launched = run(launcher, "signal", shell(WAIT));
            engine.client().killContainerCmd(launched.handle()).withSignal("KILL").exec();
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(137, tail()));
        }
    }

    @Test
    void aKillIsASignal() {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "victim", shell("trap '' TERM; " + WAIT));
            await(launcher.kill(new ProcId("victim")));
            assertThat(exit(launched)).isEqualTo(new ProcExit.Signalled(9, false, tail()));
            await(launcher.kill(new ProcId("victim")));
            await(launcher.kill(new ProcId("nobody")));
            await(launcher.terminate(new ProcId("nobody"), Duration.ZERO));
        }
    }

    @Test
    void aStopGivesGrace() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "polite", shell("trap 'echo bye; exit 7' TERM; echo up; " + WAIT)
                    .wantsOutput(true));
            InputStream output = ((Stdio.Captured) launched.stdio()).stdout().stream();
            assertThat(line(output)).isEqualTo("up");
            await(launcher.terminate(new ProcId("polite"), GRACE));
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(7, tail()));
            assertThat(new String(output.readAllBytes())).isEqualTo("bye\n");
        }
    }

    @Test
    void aStopEscalatesAndIsAcknowledgedBefore() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched =
                    run(launcher, "stubborn", shell("trap '' TERM; echo up; " + WAIT).wantsOutput(true));
            assertThat(line(((Stdio.Captured) launched.stdio()).stdout().stream())).isEqualTo("up");
            Instant asked = Instant.now();
            await(launcher.terminate(new ProcId("stubborn"), Duration.ofMillis(1500)));
            assertThat(launched.exit().toCompletableFuture()).isNotDone();
            assertThat(exit(launched)).isEqualTo(new ProcExit.Signalled(9, false, tail()));
            assertThat(Duration.between(asked, Instant.now())).isBetween(Duration.ofMillis(1500), GRACE);
        }
    }

    @Test
    void anotherSignalMayAskItToStop() throws IOException {
        try (ProcLauncher launcher = open("stop-signal", "SIGUSR1")) {
            Launched launched =
                    run(launcher, "special", shell("trap 'exit 8' USR1; echo up; " + WAIT).wantsOutput(true));
            assertThat(line(((Stdio.Captured) launched.stdio()).stdout().stream())).isEqualTo("up");
            await(launcher.terminate(new ProcId("special"), GRACE));
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(8, tail()));
        }
    }

    @Test
    void itHasTheEnvironmentFolderAndUserItWasGiven() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(
                    launcher,
                    "given",
                    shell("echo $OWN; echo $FROM_IMAGE; echo \"[$HOME]\"; pwd; id -u; id -g")
                            .environment(Map.of("OWN", "a b=c"))
                            .workingDirectory("/work")
                            .user(new ProcUser("guest", Optional.of("0")))
                            .wantsOutput(true));
            assertThat(stdout(launched)).isEqualTo("a b=c\nyes\n[/]\n/work\n1234\n0\n");
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(0, tail()));
        }
    }

    @Test
    void theEntryPointOfTheImageIsUsedWhereThatIsWanted() throws IOException {
        try (ProcLauncher launcher = open()) {
            assertThat(stdout(run(launcher, "plain", LaunchOptions.builder("echo").wantsOutput(true))))
                    .isEqualTo("\n");
            assertThat(stdout(run(launcher, "entry", LaunchOptions.builder("a", "b")
                    .settings(Map.of("entrypoint", "image")).wantsOutput(true)))).isEqualTo("entry point: a b\n");
        }
    }

    @Test
    void limitsAreTheEngines() {
        try (ProcLauncher launcher = open()) {
            assertThat(launcher.capabilities().has(LauncherFeature.LIMITS)).isTrue();
            Launched launched = run(
                    launcher,
                    "limited",
                    shell(WAIT)
                            .limits(ResourceLimits.NONE.withMemoryBytes(64 << 20).withProcessors(0.5).withProcesses(50))
                            .rlimits(List.of(
                                    new Rlimit(Rlimit.Resource.NOFILE, 100, 200),
                                    PROCESSES))
                            .bind(ProcBind.cpus("0")));
            HostConfig host = inspect(launched).getHostConfig();
            assertThat(host.getMemory()).isEqualTo(64L << 20);
            assertThat(host.getMemorySwap()).isEqualTo(64L << 20);
            assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
            assertThat(host.getPidsLimit()).isEqualTo(50);
            assertThat(host.getCpusetCpus()).isEqualTo("0");
            assertThat(host.getUlimits()).extracting(Ulimit::getName)
                    .anyMatch(name -> name.toLowerCase(Locale.ROOT).endsWith("nofile"));
        }
    }

    @Test
    void limitsOfFilesAreTheProcesss() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "files", shell("ulimit -Sn; ulimit -Hn")
                    .rlimits(List.of(new Rlimit(Rlimit.Resource.NOFILE, 100, 200), PROCESSES)).wantsOutput(true));
            assertThat(stdout(launched)).isEqualTo("100\n200\n");
        }
    }

    @Test
    void thePidIsTheOneOfThisMachine() throws IOException {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "pid", shell(WAIT));
            assertThat(launched.pid()).isPresent();
            // The engine's runtime is what it is at first.
            Await.until("the program as process " + launched.pid(), () -> commandLine(launched.pid().getAsInt())
                    .equals("sh\0-c\0" + WAIT + "\0"));
            assertThat(await(launcher.list()))
                    .containsExactly(new KnownProc(new ProcId("pid"), launched.handle(), launched.pid()));
        }
    }

    @Test
    void foldersPortsAndLabelsAreGiven() throws IOException {
        Path shared = Files.createDirectory(engine.folder.resolve("shared"));
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "bound", shell("echo there > /mnt/file; " + WAIT)
                    .settings(Map.of("binds", shared + ":/mnt", "labels", "team=a 'note=b c'", "init", "false")));
            Await.until("a file", () -> Files.exists(shared.resolve("file")));
            assertThat(inspect(launched).getConfig().getLabels())
                    .containsEntry("team", "a").containsEntry("note", "b c")
                    .containsEntry(ContainerLabels.LAUNCHER, "test").containsEntry(ContainerLabels.PROC, "bound");
        }
    }

    @Test
    void anAddressIsToldWhereThereIsOne() {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "near", shell(WAIT));
            assertThat(launched.address()).hasValueSatisfying(address -> assertThat(address).matches("[0-9.]+"));
            assertThat(run(launcher, "alone", shell(WAIT).settings(Map.of("network", "none"))).address()).isEmpty();
        }
    }

    @Test
    void aNameIsRefusedWhileItsProcessLives() {
        try (ProcLauncher launcher = open()) {
            Launched first = run(launcher, "one", shell(WAIT));
            assertThatThrownBy(() -> run(launcher, "one", shell("true")))
                    .hasMessage("launch failed: there is a process one already that has not ended");
            await(launcher.kill(new ProcId("one")));
            exit(first);
            assertThat(exit(run(launcher, "one", shell("exit 4")))).isEqualTo(new ProcExit.Exited(4, tail()));
        }
    }

    @Test
    void anImageThatIsNotThereIsTold() {
        try (ProcLauncher launcher = open("image", "localhost/no-such:1")) {
            assertThatThrownBy(() -> run(launcher, "x", shell("true")))
                    .hasMessage("launch failed: there is no image localhost/no-such:1, and pull is never");
        }
        try (ProcLauncher launcher = open("image", "127.0.0.1:1/no-such:1", "pull", "missing")) {
            assertThatThrownBy(() -> run(launcher, "x", shell("true")))
                    .hasMessageStartingWith("launch failed: cannot pull image 127.0.0.1:1/no-such:1: ")
                    .hasMessageContaining("connection refused");
            assertThat(await(launcher.list())).isEmpty();
        }
    }

    @Test
    void aProgramThatIsNotThereIsToldAndLeavesNothing() {
        try (ProcLauncher launcher = open()) {
            assertThatThrownBy(() -> run(launcher, "x", LaunchOptions.builder("no-such-program")))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageStartingWith("launch failed: the engine says: ")
                    .hasMessageContaining("no-such-program");
            assertThat(containers()).isEmpty();
            assertThat(exit(run(launcher, "x", shell("true")))).isEqualTo(new ProcExit.Exited(0, tail()));
        }
    }

    @Test
    void aLaterLauncherFindsWhatAnEarlierOneLeft() throws IOException {
        Launched first;
        try (ProcLauncher earlier = open()) {
            first = run(earlier, "orphan", shell("echo last >&2; trap 'exit 9' TERM; echo up; " + WAIT)
                    .diesWithLauncher(false).wantsOutput(true));
            assertThat(line(((Stdio.Captured) first.stdio()).stdout().stream())).isEqualTo("up");
        }
        assertThat(exit(first)).isEqualTo(new ProcExit.Failed(
                "the launcher was closed and has left container " + first.handle() + " to itself"));
        try (ProcLauncher stranger = open("token", "other")) {
            assertThat(await(stranger.list())).isEmpty();
        }
        try (ProcLauncher later = open()) {
            assertThat(await(later.list())).extracting(KnownProc::id).containsExactly(new ProcId("orphan"));
            assertThatThrownBy(() -> run(later, "orphan", shell("true")))
                    .hasMessage("launch failed: container " + first.handle()
                            + " of an earlier launcher runs as orphan; recover it or kill it first");
            Launched again = await(later.recover(new ProcId("orphan"), first.handle()));
            assertThat(again.startedAt()).isEqualTo(first.startedAt());
            assertThat(again.pid()).isEqualTo(first.pid());
            await(later.terminate(new ProcId("orphan"), GRACE));
            assertThat(exit(again)).isEqualTo(new ProcExit.Exited(9, tail("last")));
            awaitNoContainers();
        }
    }

    @Test
    void whatHasEndedInBetweenIsRecoveredWithItsExit() {
        Launched first;
        try (ProcLauncher earlier = open()) {
            first = run(earlier, "gone", shell("sleep 1; echo last >&2; exit 6").diesWithLauncher(false));
        }
        Await.until("its end", () -> !Boolean.TRUE.equals(inspect(first).getState().getRunning()));
        try (ProcLauncher later = open()) {
            assertThat(await(later.list())).extracting(KnownProc::handle).containsExactly(first.handle());
            Launched again = await(later.recover(new ProcId("gone"), first.handle()));
            assertThat(again.exit().toCompletableFuture()).isCompletedWithValue(new ProcExit.Exited(6, tail("last")));
            awaitNoContainers();
            Launched lost = await(later.recover(new ProcId("gone"), first.handle()));
            assertThat(exit(lost)).isEqualTo(new ProcExit.Failed(
                    "lost by the container engine: it has no container " + first.handle()));
            assertThat(exit(await(later.recover(new ProcId("gone"), "../images")))).isEqualTo(new ProcExit.Failed(
                    "lost by the container engine: it has no container ../images"));
        }
    }

    @Test
    void anOrphanCanBeKilledUnseenAndItsNameUsedAgain() {
        Launched first;
        try (ProcLauncher earlier = open()) {
            first = run(earlier, "orphan", shell(WAIT).diesWithLauncher(false));
        }
        try (ProcLauncher later = open()) {
            await(later.kill(new ProcId("orphan")));
            Await.until("its end", () -> !Boolean.TRUE.equals(inspect(first).getState().getRunning()));
            assertThat(exit(run(later, "orphan", shell("true")))).isEqualTo(new ProcExit.Exited(0, tail()));
            awaitNoContainers();
        }
    }

    @Test
    void aContainerThatSomebodyElseRemovesIsTold() {
        try (ProcLauncher launcher = open()) {
            Launched launched = run(launcher, "taken", shell(WAIT));
            engine.client().removeContainerCmd(launched.handle()).withForce(true).exec();
            assertThat(exit(launched)).isInstanceOfSatisfying(ProcExit.Failed.class, failed -> assertThat(
                    failed.reason()).isEqualTo(
                            "container " + launched.handle() + " is gone: removed by somebody else"));
        }
    }

    @Test
    void twentyAtOnce() throws IOException {
        try (ProcLauncher launcher = open()) {
            List<CompletionStage<Launched>> stages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stages.add(launcher.launch(new ProcId("p" + i), shell("seq 1 2000; echo " + i + " >&2; exit " + i)
                        .wantsOutput(true).build()));
            }
            for (int i = 0; i < 20; i++) {
                Launched launched = await(stages.get(i));
                assertThat(stdout(launched)).endsWith("\n1999\n2000\n").hasSize(8893);
                assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(i, tail(Integer.toString(i))));
            }
            awaitNoContainers();
        }
    }

    @Test
    void aLaunchThatIsStoppedBeforeItRunsLeavesNothing() {
        try (ProcLauncher launcher = open()) {
            CompletionStage<Launched> stage = launcher.launch(new ProcId("early"), shell(WAIT).build());
            await(launcher.terminate(new ProcId("early"), GRACE));
            assertThatThrownBy(() -> await(stage)).hasMessage("launch failed: it was stopped before it ran");
            assertThat(containers()).isEmpty();
            assertThat(await(launcher.list())).isEmpty();
        }
    }

    @Test
    void aPullThatDoesNotEndIsGivenUp() throws IOException {
        try (ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProcLauncher launcher = open("pull", "missing")) {
            String image = "127.0.0.1:" + registry.getLocalPort() + "/never:1";
            CompletionStage<Launched> stage = launcher.launch(
                    new ProcId("pulled"), shell("true").settings(Map.of("image", image)).build());
            try (Socket asked = registry.accept()) {
                assertThat(stage.toCompletableFuture()).isNotDone();
                await(launcher.terminate(new ProcId("pulled"), GRACE));
                assertThatThrownBy(() -> await(stage)).hasMessage("launch failed: it was stopped before it ran");
                // The engine gives up too.
                while (asked.getInputStream().read() >= 0) {}
            }
        }
    }

    @Test
    void noProcessCostsAPlatformThread() {
        try (ProcLauncher launcher = open()) {
            exit(run(launcher, "first", shell("true").wantsOutput(true)));
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            List<Launched> running = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                running.add(run(launcher, "p" + i, shell(WAIT).wantsOutput(true)));
            }
            Set<Thread> added = new HashSet<>(Thread.getAllStackTraces().keySet());
            added.removeAll(before);
            // Those that carry virtual threads come and go.
            assertThat(added).allMatch(Thread::isDaemon)
                    .filteredOn(thread -> !thread.getName().contains("ForkJoinPool"))
                    .hasSizeLessThan(5);
            assertThat(running).allMatch(launched -> !launched.exit().toCompletableFuture().isDone());
        }
    }

    @Test
    void closingKillsWhatDiesWithTheLauncherAndNothingElse() {
        ProcLauncher launcher = open();
        Launched dies = run(launcher, "dies", shell("trap '' TERM; " + WAIT).wantsOutput(true));
        Launched stays = run(launcher, "stays", shell(WAIT).diesWithLauncher(false));
        launcher.close();
        assertThat(exit(dies)).isEqualTo(new ProcExit.Signalled(9, false, tail()));
        assertThat(exit(stays)).isInstanceOf(ProcExit.Failed.class);
        assertThat(containers()).extracting(Container::getId).containsExactly(stays.handle());
        assertThat(inspect(stays).getState().getRunning()).isTrue();
        launcher.close();
        assertThatThrownBy(() -> run(launcher, "late", shell("true")))
                .hasMessage("launch failed: the launcher is closed");
    }

    @Test
    void aContainerMayBeKept() {
        try (ProcLauncher launcher = open("keep", "true")) {
            Launched launched = run(launcher, "kept", shell("exit 2"));
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(2, tail()));
            assertThat(await(launcher.list())).isEmpty();
            assertThat(inspect(launched).getState().getExitCodeLong()).isEqualTo(2);
        }
    }
}
