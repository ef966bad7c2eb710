package dev.gatun.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Rlimit;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Children of this JVM, which was started like any other: without flags for signals, by whoever runs the tests. */
@Timeout(60)
class NativeProcLauncherTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final NativeProcLauncher launcher = NativeProcLauncher.open();
    private final SystemLibc libc = new SystemLibc();
    private int ids;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        launcher.close();
    }

    private ProcId nextId() {
        return new ProcId("p" + ++ids);
    }

    private static LaunchOptions.Builder shell(String script) {
        return LaunchOptions.builder("sh", "-c", script).wantsOutput(true);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }

    private Launched launch(LaunchOptions.Builder options) throws Exception {
        return get(launcher.launch(nextId(), options.build()));
    }

    private ProcExit run(LaunchOptions.Builder options) throws Exception {
        return get(launch(options).exit());
    }

    private static ProcOutput stdout(Launched launched) {
        return ((Stdio.Captured) launched.stdio()).stdout();
    }

    private static String read(ProcOutput output) throws IOException {
        try (InputStream stream = output.stream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String outputOf(LaunchOptions.Builder options) throws Exception {
        return read(stdout(launch(options)));
    }

    private static BufferedReader reader(Launched launched) {
        return new BufferedReader(new InputStreamReader(stdout(launched).stream(), StandardCharsets.UTF_8));
    }

    private boolean isAlive(int pid) {
        return ProcStat.read(libc, pid).filter(stat -> !stat.isZombie()).isPresent();
    }

    @Test
    void tellsPidExitCodeAndTail() throws Exception {
        Launched launched = launch(shell("echo $$; echo one >&2; echo two >&2; exit 7"));
        assertThat(read(stdout(launched))).isEqualTo(launched.pid().getAsInt() + "\n");
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(7, Optional.of(List.of("one", "two"))));
    }

    @Test
    void tellsSignalsFromExitCodes() throws Exception {
        assertThat(run(shell("exit 137"))).isEqualTo(new ProcExit.Exited(137, Optional.of(List.of())));
        assertThat(run(shell("kill -9 $$"))).isEqualTo(new ProcExit.Signalled(9, false, Optional.of(List.of())));
    }

    @Test
    void keepsNoTailOfWhatItDoesNotSee() throws Exception {
        Launched launched = launch(LaunchOptions.builder("true"));
        assertThat(launched.stdio()).isEqualTo(new Stdio.Inherited());
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(0, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 3", "20, 5"})
    void keepsAsManyLinesAsAsked(int asked, int kept) throws Exception {
        ProcExit exit = run(shell("for i in 1 2 3 4 5; do echo $i >&2; done").tailLines(asked));
        assertThat(exit.stderrTail().orElseThrow())
                .isEqualTo(List.of("1", "2", "3", "4", "5").subList(5 - kept, 5));
    }

    @Test
    void cutsLinesOfTheTailBetweenCharacters() throws Exception {
        // 4095 bytes and a character of three.
        ProcExit exit = run(shell("printf '%4095s' x >&2; printf '\\342\\202\\254zz' >&2"));
        assertThat(exit.stderrTail().orElseThrow()).singleElement().satisfies(
                line -> assertThat(line).hasSize(4095 + "... [TRUNCATED]".length()).endsWith("x... [TRUNCATED]"));
    }

    @Test
    void aGrandchildThatHoldsTheOutputDelaysTheExitForABoundedTime() throws Exception {
        Launched launched = launch(shell("echo last >&2; sleep 100 & exit 4"));
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(4, Optional.of(List.of("last"))));
    }

    @Test
    void aFloodIsReadAtTheReadersPaceAndNothingIsLost() throws Exception {
        Launched launched = launch(shell("head -c 20000000 /dev/zero; echo done >&2"));
        long count = 0;
        try (InputStream stream = stdout(launched).stream()) {
            byte[] buffer = new byte[100_000];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                count += read;
            }
        }
        assertThat(count).isEqualTo(20_000_000);
        assertThat(get(launched.exit()).stderrTail()).contains(List.of("done"));
    }

    @Test
    void whatIsDiscardedHoldsNobodyUpAndTheTailIsKept() throws Exception {
        Launched launched = launch(shell("head -c 20000000 /dev/zero; yes | head -c 1000000 >&2; echo last >&2; exit 3")
                .tailLines(1));
        Stdio.Captured output = (Stdio.Captured) launched.stdio();
        output.stdout().discard();
        output.stderr().discard();
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(3, Optional.of(List.of("last"))));
    }

    @Test
    void whoIsHeldUpByAnOutputThatNobodyReadsCanBeStopped() throws Exception {
        ProcId id = nextId();
        Launched launched =
                get(launcher.launch(id, shell("head -c 100000 /dev/zero; echo up >&2; exec cat /dev/zero").build()));
        ProcOutput error = ((Stdio.Captured) launched.stdio()).stderr();
        assertThat(new BufferedReader(new InputStreamReader(error.stream())).readLine()).isEqualTo("up");
        get(launcher.terminate(id, LONG));
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(15, false, Optional.of(List.of("up"))));
        assertThat(read(stdout(launched)).length()).isBetween(100_000, 1 << 21);
    }

    @Test
    void refusesANameThatIsTaken() throws Exception {
        ProcId id = nextId();
        Launched first = get(launcher.launch(id, shell("exec sleep 100").build()));
        assertThatThrownBy(() -> get(launcher.launch(id, shell("exit 0").build())))
                .hasCauseInstanceOf(LauncherException.class)
                .hasMessageContaining("launch failed: there is a process " + id + " already");
        get(launcher.kill(id));
        assertThat(get(first.exit())).isEqualTo(new ProcExit.Signalled(9, false, Optional.of(List.of())));
        assertThat(get(get(launcher.launch(id, shell("exit 0").build())).exit()))
                .as("the name is free again")
                .isEqualTo(new ProcExit.Exited(0, Optional.of(List.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
                    /no/such/program | launch failed: execve(/no/such/program): ENOENT (No such file or directory)
                    no-such-program  | launch failed: program no-such-program is not in any folder of PATH
                    /etc/passwd      | launch failed: execve(/etc/passwd): EACCES (Permission denied)
                    """)
    void saysWhyNothingWasStarted(String program, String reason) {
        ProcId id = nextId();
        assertThatThrownBy(() -> get(launcher.launch(id, LaunchOptions.builder(program).build())))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .hasMessageEndingWith(reason.substring("launch failed: ".length()))
                .hasMessageStartingWith("launch failed: ");
        assertThat(get0(launcher.list())).isEmpty();
    }

    private static <T> T get0(CompletionStage<T> stage) {
        try {
            return get(stage);
        } catch (Exception failed) {
            throw new CompletionException(failed);
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        LaunchOptions limited = LaunchOptions.builder("true")
                .limits(ResourceLimits.NONE.withMemoryBytes(1 << 20)).build();
        assertThatThrownBy(() -> get(launcher.launch(nextId(), limited))).cause()
                .hasMessage(
                        "launch failed: the native launcher cannot limit memory, processors or the number of processes");
        LaunchOptions image = LaunchOptions.builder("true").settings(Map.of("image", "x")).build();
        assertThatThrownBy(() -> get(launcher.launch(nextId(), image))).cause()
                .hasMessage("launch failed: the native launcher has no setting \"image\"; it has none");
    }

    @Test
    void honoursTheOptions() throws Exception {
        assertThat(outputOf(shell("pwd").workingDirectory(folder.toRealPath().toString())))
                .isEqualTo(folder.toRealPath() + "\n");
        assertThat(outputOf(LaunchOptions.builder("cat", "/proc/self/cmdline").wantsOutput(true).argument0("tom")))
                .isEqualTo("tom\0/proc/self/cmdline\0");
        assertThat(outputOf(shell("ulimit -n").rlimits(List.of(new Rlimit(Rlimit.Resource.NOFILE, 77, 77)))))
                .isEqualTo("77\n");
        assertThat(outputOf(shell("ps -o pgid= -p $$ | tr -d ' '; echo $$")).split("\n"))
                .as("it leads its group").satisfies(words -> assertThat(words[0]).isEqualTo(words[1]));
    }

    @Test
    void theEnvironmentIsOursWithTheOptionsOnTop() throws Exception {
        String all = outputOf(LaunchOptions.builder("env").wantsOutput(true)
                .environment(Map.of("PATH", System.getenv("PATH"), "COLOUR", "green",
                        LaunchOptions.NAME_VARIABLE, "overridden"))
                .processName("web @ here").bootstrapPayload("e30=").logChannel("unix!x"));
        assertThat(all.split("\n")).contains("COLOUR=green", "HYPERACTOR_PROCESS_NAME=web @ here",
                "HYPERACTOR_MESH_BOOTSTRAP_MODE=e30=", "BOOTSTRAP_LOG_CHANNEL=unix!x")
                .filteredOn(line -> line.startsWith("PATH=") || line.startsWith("HYPERACTOR_PROCESS_NAME="))
                .hasSize(2);
        assertThat(all).contains("HOME=" + System.getenv("HOME"));
        assertThat(outputOf(LaunchOptions.builder("/usr/bin/env").wantsOutput(true).inheritsEnvironment(false)
                .environment(Map.of("A", "b")))).isEqualTo("A=b\n");
    }

    @Test
    void bindsToProcessorsAndNodes() throws Exception {
        assertThat(outputOf(shell("grep -E 'Cpus_allowed_list' /proc/self/status").bind(ProcBind.cpus("0"))))
                .isEqualTo("Cpus_allowed_list:\t0\n");
        assertThat(outputOf(shell("head -1 /proc/self/numa_maps").bind(ProcBind.nodes("0"))))
                .contains(" bind:0 ");
        assertThatThrownBy(() -> launch(shell("true").bind(ProcBind.cpus("0-")))).cause()
                .hasMessage("launch failed: binding to cpus: \"0-\" is no list such as 0-3,8 or 0-31:2");
        assertThatThrownBy(() -> launch(shell("true").bind(ProcBind.nodes("9")))).cause()
                .hasMessage("launch failed: binding to processors of nodes: there is no node 9, the nodes are 0");
        assertThatThrownBy(() -> launch(shell("true").bind(ProcBind.cpus("999")))).cause()
                .hasMessageMatching("launch failed: step \\d+, sched_setaffinity\\(999\\): EINVAL .*");
    }

    @Test
    void terminateTellsTheGroupAndThenKills() throws Exception {
        ProcId polite = nextId();
        Launched first = get(launcher.launch(polite, shell("trap 'exit 5' TERM; echo ready; while :; do sleep 1; done")
                .build()));
        assertThat(reader(first).readLine()).isEqualTo("ready");
        get(launcher.terminate(polite, LONG));
        // Where a sleep is there at that moment it gets it too, and the shell says so.
        assertThat(get(first.exit())).isInstanceOfSatisfying(
                ProcExit.Exited.class, exit -> assertThat(exit.code()).isEqualTo(5));

        ProcId deaf = nextId();
        Launched second = get(launcher.launch(deaf, shell("trap '' TERM; echo ready; exec sleep 100").build()));
        assertThat(reader(second).readLine()).isEqualTo("ready");
        get(launcher.terminate(deaf, LONG));
        get(launcher.terminate(deaf, Duration.ofMillis(50)));
        assertThat(get(second.exit())).as("the shorter timeout holds")
                .isEqualTo(new ProcExit.Signalled(9, false, Optional.of(List.of())));
    }

    @Test
    void aStopReachesWhoHasLeftGroupAndSession() throws Exception {
        for (boolean kill : new boolean[]{true, false}) {
            ProcId id = nextId();
            Launched launched = get(launcher.launch(id,
                    shell("setsid sh -c 'trap \"\" TERM; echo $$; exec sleep 100' & wait").build()));
            int escaped = Integer.parseInt(reader(launched).readLine());
            get(kill ? launcher.kill(id) : launcher.terminate(id, Duration.ofMillis(100)));
            assertThat(get(launched.exit())).isInstanceOf(ProcExit.Signalled.class);
            assertThat(isAlive(escaped)).as("gone with the exit, kill " + kill).isFalse();
        }
    }

    @Test
    void aStopReachesTheGroupOfALeaderThatGoesAtOnce() throws Exception {
        ProcId id = nextId();
        Launched launched = get(launcher.launch(id,
                shell("sh -c 'trap \"\" TERM; echo $$; exec sleep 100' & wait").build()));
        int deaf = Integer.parseInt(reader(launched).readLine());
        get(launcher.terminate(id, Duration.ofMillis(100)));
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(15, false, Optional.of(List.of())));
        assertThat(isAlive(deaf)).isFalse();
    }

    @Test
    void unknownNamesAreStoppedAlready() throws Exception {
        get(launcher.terminate(new ProcId("nobody"), LONG));
        get(launcher.kill(new ProcId("nobody")));
    }

    @Test
    void aStopThatComesBeforeTheChildIsForTheChild() throws Exception {
        List<Launched> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ProcId id = nextId();
            CompletionStage<Launched> launched = launcher.launch(id, LaunchOptions.builder("sleep", "100").build());
            get(launcher.kill(id));
            all.add(get(launched));
        }
        for (Launched launched : all) {
            assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(9, false, Optional.empty()));
        }
    }

    @Test
    void listsWhatIsNotOver() throws Exception {
        ProcId id = nextId();
        Launched launched = get(launcher.launch(id, LaunchOptions.builder("sleep", "100").build()));
        assertThat(get(launcher.list()))
                .containsExactly(new KnownProc(id, launched.handle(), launched.pid()));
        get(launcher.kill(id));
        get(launched.exit());
        assertThat(get(launcher.list())).isEmpty();
    }

    @Test
    void closeEndsWhatDiesWithTheLauncherAndLeavesTheRest() throws Exception {
        Launched dying = launch(shell("trap '' TERM; exec sleep 100"));
        Launched staying = launch(LaunchOptions.builder("sleep", "100").diesWithLauncher(false));
        launcher.close();
        assertThat(get(dying.exit())).isEqualTo(new ProcExit.Signalled(9, false, Optional.of(List.of())));
        assertThat(get(staying.exit()))
                .isEqualTo(new ProcExit.Failed("the launcher was closed and the process goes on"));
        assertThat(isAlive(staying.pid().getAsInt())).isTrue();
        assertThat(libc.kill(staying.pid().getAsInt(), 9)).isZero();
        assertThatThrownBy(() -> launch(shell("true"))).cause().hasMessage("launch failed: the launcher is closed");
    }

    @Test
    void nothingIsLeftOfManyAtATime() throws Exception {
        run(shell("true"));
        long before = descriptors();
        List<CompletionStage<Launched>> launches = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int code = i % 100;
            launches.add(launcher.launch(nextId(), shell("echo " + code + "; exit " + code).build()));
        }
        for (int i = 0; i < 200; i++) {
            Launched launched = get(launches.get(i));
            assertThat(get(launched.exit())).isEqualTo(new ProcExit.Exited(i % 100, Optional.of(List.of())));
            assertThat(read(stdout(launched))).isEqualTo(i % 100 + "\n");
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void isFoundByItsKind() {
        try (ProcLauncher found = ProcLaunchers.open(" Native ", LauncherSettings.NONE)) {
            assertThat(found).isInstanceOf(NativeProcLauncher.class);
        }
        assertThatThrownBy(() -> ProcLaunchers.open("natve", LauncherSettings.NONE))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("launcher error: unknown proc launcher kind \"natve\"; expected one of: ")
                .hasMessageContaining("native");
        assertThatThrownBy(() -> ProcLaunchers.open("native", new LauncherSettings(Map.of("image", "x"))))
                .hasMessage("launcher error: the native launcher has no setting \"image\"; it has: cgroup-parent");
    }
}
