package dev.gatun.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.proc.ProcStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits by real control groups, below a group of the test's own that is removed again. */
@Timeout(120)
class NativeLimitsTest {

    private static final String PARENT = "gatun-test-" + ProcessHandle.current().pid();

    private final SystemLibc libc = new SystemLibc();
    private final NativeProcLauncher launcher = NativeProcLauncher.open(Optional.of(PARENT));
    private final Set<Path> parents = new LinkedHashSet<>();

    @BeforeEach
    void findHierarchies() throws IOException {
        CgroupMembership own = CgroupMembership.own(libc);
        for (String controller : List.of("memory", "cpu", "pids")) {
            Optional<CgroupFolder> folder = own.controller(controller);
            assumeTrue(folder.isPresent() && folder.get().isWritable(libc),
                    "skipped: no hierarchy of control groups for " + controller + " that may be written");
            parents.add(Path.of(folder.get().path(), PARENT));
        }
        try {
            for (Path parent : parents) {
                Files.createDirectory(parent);
            }
        } catch (IOException readOnly) {
            // Root "may write" what is mounted read-only.
            assumeTrue(false, "skipped: no control group can be made here: " + readOnly);
        }
    }

    @AfterEach
    void close() throws IOException {
        launcher.close();
        for (Path parent : parents) {
            Files.deleteIfExists(parent);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, SECONDS);
    }

    private static LaunchOptions limited(ResourceLimits limits, String... command) {
        return LaunchOptions.builder(command[0], List.of(command).subList(1, command.length).toArray(String[]::new))
                .wantsOutput(true).limits(limits).build();
    }

    private Launched launch(String name, ResourceLimits limits, String... command) throws Exception {
        return get(launcher.launch(new ProcId(name), limited(limits, command)));
    }

    private static String line(Launched launched) throws IOException {
        ProcOutput output = ((Stdio.Captured) launched.stdio()).stdout();
        return new BufferedReader(new InputStreamReader(output.stream(), StandardCharsets.UTF_8)).readLine();
    }

    private List<Path> groups() throws IOException {
        List<Path> groups = new ArrayList<>();
        for (Path parent : parents) {
            try (Stream<Path> entries = Files.list(parent)) {
                entries.filter(Files::isDirectory).forEach(groups::add);
            }
        }
        return groups;
    }

    private static final Set<String> FILES = Set.of("memory.max", "cpu.max", "pids.max", "memory.limit_in_bytes",
            "cpu.cfs_quota_us");

    @Test
    void limitsAreThoseOfTheGroupAndGoWithTheProcess() throws Exception {
        ResourceLimits limits = ResourceLimits.NONE.withMemoryBytes(64 << 20).withProcessors(0.5).withProcesses(40);
        Launched launched = launch("Web/1", limits, "sh", "-c", "echo ready; exec sleep 100");
        assertThat(line(launched)).isEqualTo("ready");
        Set<String> found = new LinkedHashSet<>();
        for (Path group : groups()) {
            assertThat(group.getFileName().toString()).startsWith("gatun-web-1-");
            assertThat(Files.readString(group.resolve("cgroup.procs"))).contains(launched.pid().getAsInt() + "\n");
            for (String file : FILES) {
                if (Files.exists(group.resolve(file))) {
                    found.add(Files.readString(group.resolve(file)).strip());
                }
            }
        }
        assertThat(found).contains("67108864", "40").containsAnyOf("50000", "50000 100000");
        get(launcher.kill(new ProcId("Web/1")));
        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(9, false, Optional.of(List.of())));
        assertThat(groups()).isEmpty();
    }

    @Test
    void whoNeedsMoreMemoryIsKilledAndTheExitSaysSo() throws Exception {
        Launched launched = launch("hog", ResourceLimits.NONE.withMemoryBytes(32 << 20),
                "python3", "-c", "import sys; print('up', file=sys.stderr, flush=True); b = bytearray(1 << 28)");
        assertThat(get(launched.exit())).isInstanceOfSatisfying(ProcExit.Signalled.class, exit -> {
            assertThat(exit.signal()).isEqualTo(9);
            assertThat(exit.oomEvidence()).matches("memory\\.(events|oom_control) oom_kill [1-9]\\d*");
            assertThat(exit.describe()).startsWith("SIGKILL (9), out of memory (memory.");
            assertThat(exit.stderrTail()).contains(List.of("up"));
        });
        assertThat(groups()).isEmpty();
    }

    @Test
    void aKillReachesEvenWhoHasLeftTreeGroupAndSession() throws Exception {
        for (boolean kill : new boolean[]{true, false}) {
            ProcId id = new ProcId("daemon-" + kill);
            Launched launched = launch(id.value(), ResourceLimits.NONE.withProcesses(100), "sh", "-c",
                    "(setsid sh -c 'trap \"\" TERM; echo $$; exec sleep 100' &) ; exec sleep 100");
            int daemon = Integer.parseInt(line(launched));
            // Its parent is gone: nothing but the control group tells whose it is.
            while (ProcStat.read(libc, daemon).orElseThrow().parent() == launched.pid().getAsInt()) {
                Thread.onSpinWait();
            }
            get(kill ? launcher.kill(id) : launcher.terminate(id, Duration.ofMillis(200)));
            assertThat(get(launched.exit())).isInstanceOf(ProcExit.Signalled.class);
            assertThat(ProcStat.read(libc, daemon).filter(stat -> !stat.isZombie())).as("kill %s", kill).isEmpty();
            assertThat(groups()).isEmpty();
        }
    }

    @Test
    void whatCannotBeMadeIsNamedAndNothingIsLeft() throws Exception {
        try (NativeProcLauncher elsewhere = NativeProcLauncher.open(Optional.of(PARENT + "/cgroup.procs"))) {
            assertThatThrownBy(() -> get(elsewhere.launch(
                    new ProcId("x"), limited(ResourceLimits.NONE.withProcesses(9), "true")))).cause()
                    .isInstanceOf(LauncherException.class)
                    .hasMessageStartingWith("launch failed: cannot make the control group ");
        }
        assertThatThrownBy(() -> launch("gone", ResourceLimits.NONE.withProcesses(9), "/no/such")).cause()
                .hasMessageContaining("ENOENT");
        assertThat(groups()).isEmpty();
    }
}
