package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service finds when it starts. */
class EnvironmentIT {

    @TempDir
    private Path folder;

    /** {@code show.py} in launch mode script. */
    private Dist show(String... lines) {
        List<String> all = new ArrayList<>(List.of(
                "configType: python",
                "configVersion: 1",
                "launchMode: script",
                "executable: service/bin/show.py"));
        all.addAll(List.of(lines));
        Dist dist = Dist.of(folder, all.toArray(String[]::new)).manifest("shown", "3.2.1");
        TestPython.script(dist.path("service/bin"), "show.py");
        return dist;
    }

    private static void look(Gatun run, Consumer<Shown> look) {
        try (RunningGatun gatun = run.start()) {
            look.accept(Shown.of(gatun));
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void scriptIsRunByTheInterpreterOfThePath() {
        Dist dist = show("pythonOpts: [-B, -X, dev]", "args: [a, 'b c']")
                .write(Dist.CUSTOM, "configType: python", "configVersion: 1", "args: ['', d]", "pythonOpts: [-q]");
        look(dist.service(), shown -> {
            assertThat(shown.words()).containsExactly("a", "b c", "", "d");
            assertThat(shown.options()).startsWith("-B", "-X", "dev", "-q", "service/bin/show.py");
            assertThat(Path.of(shown.folder())).isEqualTo(real(dist.root()));
        });
    }

    @Test
    void interpreterMayBeInTheDistribution() throws Exception {
        Dist dist = show("pythonPath: service/bin/my-python");
        Files.createSymbolicLink(dist.path("service/bin/my-python"), Path.of(TestPython.interpreter()));
        try (RunningGatun gatun = dist.service().start()) {
            Shown.of(gatun);
            assertThat(Processes.words(dist.pidIn("var/run/shown.pid")).getFirst()).endsWith("service/bin/my-python");
        }
    }

    @Test
    void interpreterMayComeFromAVariable() {
        Dist dist = show("pythonPath: $MY_HOME/python3");
        Gatun run = dist.service().with("MY_HOME", Path.of(TestPython.interpreter()).getParent().toString());
        look(run, shown -> assertThat(shown.words()).isEmpty());
    }

    @Test
    void streamsAreThoseOfTheLauncherButForInput() {
        look(show().service(), shown -> {
            assertThat(shown.stream(0)).isEqualTo("/dev/null");
            assertThat(shown.stream(1)).startsWith("pipe:");
            assertThat(shown.stream(2)).isEqualTo(shown.stream(1));
        });
    }

    @Test
    void streamsCanBeHandedThrough() {
        try (RunningGatun gatun = show("streams: {stdin: inherit, stderr: inherit}").service().start()) {
            Shown shown = Shown.of(gatun);
            assertThat(shown.stream(0)).startsWith("pipe:");
            assertThat(shown.stream(2)).startsWith("pipe:").isNotEqualTo(shown.stream(1));
        }
    }

    @Test
    void metadataAndDefaults() {
        Dist dist = show();
        look(dist.service(), shown -> {
            assertThat(shown.variable("SERVICE_NAME")).contains("shown");
            assertThat(shown.variable("SLS_SERVICE_NAME")).contains("shown");
            assertThat(shown.variable("SERVICE_VERSION")).contains("3.2.1");
            assertThat(shown.variable("SLS_SERVICE_VERSION")).contains("3.2.1");
            assertThat(shown.variable("PYTHONDONTWRITEBYTECODE")).contains("1");
            assertThat(shown.variable("PYTHONUNBUFFERED")).contains("1");
            // Absolute, for those who go somewhere else.
            assertThat(shown.variable("TMPDIR")).contains(real(dist.root()) + "/var/data/tmp");
        });
    }

    @Test
    void memoryAsTheReferenceHasIt() {
        look(show("memory: {mode: fixed, fixedLimitBytes: 1073741824}").service(), shown -> {
            for (String prefix : List.of("", "SLS_")) {
                assertThat(shown.variable(prefix + "MEMORY_LIMIT_BYTES")).contains("724775731");
                assertThat(shown.variable(prefix + "CGROUP_LIMIT_BYTES")).contains("1073741824");
                assertThat(shown.variable(prefix + "MEMORY_MODE")).contains("fixed");
            }
            assertThat(shown.variable("MALLOC_ARENA_MAX")).contains("2");
            assertThat(shown.variable("MALLOC_TRIM_THRESHOLD_")).contains("131072");
            assertThat(shown.variable("PYTHONMALLOC")).contains("malloc");
        });
    }

    @Test
    void nothingIsSaidOfMemoryThatNobodyManages() {
        look(show("memory: {mode: unmanaged}").service().with("MALLOC_ARENA_MAX", "7"), shown -> {
            assertThat(shown.variable("MEMORY_LIMIT_BYTES")).isEmpty();
            assertThat(shown.variable("PYTHONMALLOC")).isEmpty();
            assertThat(shown.variable("MALLOC_ARENA_MAX")).contains("7");
        });
    }

    @Test
    void mallocVariablesCanBeLeftAlone() {
        look(show("memory: {mallocArenaMax: 0, mallocTrimThreshold: -1}").service(), shown -> {
            assertThat(shown.variable("MALLOC_ARENA_MAX")).isEmpty();
            assertThat(shown.variable("MALLOC_TRIM_THRESHOLD_")).isEmpty();
        });
    }

    @Test
    void processorsInEveryVariable() {
        look(show("cpu: {override: 3}").service(), shown -> {
            for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS",
                    "NUMEXPR_MAX_THREADS", "SERVICE_CPU_COUNT")) {
                assertThat(shown.variable(name)).as(name).contains("3");
            }
        });
    }

    @Test
    void precedence() {
        Dist dist = show("env: {A: static, B: static, TMPDIR: /tmp, SERVICE_NAME: mine, HOME_LITERALLY: $HOME}")
                .write(Dist.CUSTOM, "configType: python", "configVersion: 1", "env: {B: custom, C: custom}");
        Gatun run = dist.service().with("A", "inherited").with("D", "inherited").with("PYTHONUNBUFFERED", "x");
        look(run, shown -> {
            assertThat(shown.variable("A")).contains("static");
            assertThat(shown.variable("B")).contains("custom");
            assertThat(shown.variable("C")).contains("custom");
            assertThat(shown.variable("D")).contains("inherited");
            assertThat(shown.variable("TMPDIR")).contains("/tmp");
            assertThat(shown.variable("PYTHONUNBUFFERED")).contains("x");
            assertThat(shown.variable("SERVICE_NAME")).contains("shown");
            assertThat(shown.variable("HOME_LITERALLY")).contains("$HOME");
        });
    }

    @Test
    void templateOfTheWorkingDirectory() {
        Dist dist = show("env: {DATA: '{{CWD}}/data'}");
        look(dist.service(),
                shown -> assertThat(shown.variable("DATA")).contains(real(dist.root()) + "/data"));
    }

    @Test
    void noneOfGatunsOwnVariables() {
        look(show().service().with("JAVA_TOOL_OPTIONS", "-Dkept=yes"), shown -> {
            assertThat(shown.variable("JAVA_TOOL_OPTIONS")).contains("-Dkept=yes");
            assertThat(shown.variable("_JAVA_SR_SIGNUM")).isEmpty();
            assertThat(shown.transcript().all("variable (GATUN_(?!IT=|TEST_).*)")).isEmpty();
        });
    }

    /** What a shell could not spell, and what is no text at all. */
    @Test
    void inheritedVariablesArriveByteByByte() {
        Dist dist = Dist.command(folder, List.of("/usr/bin/env", "-0"));
        String odd = "printf 'ODD=\\377\\376'";
        Gatun.Ended ended = dist.service()
                .within("sh", "-c", "exec env \"$(" + odd + ")\" spring.profiles=x a-b=c \"$@\"", "sh").finish();
        assertThat(ended.code()).isZero();
        assertThat(new String(ended.bytes(), StandardCharsets.ISO_8859_1).split("\0"))
                .contains("ODD=\u00ff\u00fe", "spring.profiles=x", "a-b=c");
    }

    @Test
    void withoutAManifest() throws IOException {
        Dist dist = show();
        Files.delete(dist.path(Dist.MANIFEST));
        look(dist.service(), shown -> {
            assertThat(shown.variable("SERVICE_NAME")).contains("unknown");
            assertThat(shown.variable("SERVICE_VERSION")).contains("0.0.0");
            assertThat(shown.transcript().text()).containsPattern("WARNING: .*manifest\\.yml");
        });
    }

    @Test
    void foldersAreMade() {
        Dist dist = show();
        look(dist.service(), shown -> {
            for (String name : List.of("var/data/tmp", "var/log", "var/run")) {
                assertThat(dist.path(name)).isDirectory();
            }
        });
        Dist other = show("dirs: [var/other]");
        look(other.service(), shown -> assertThat(other.path("var/other")).isDirectory());
        assertThat(other.path("var/log")).doesNotExist();
    }

    @Test
    void limitsAreOfTheServiceAndNotOfTheLauncher() {
        Dist dist = show("resources: {maxOpenFiles: 321, maxProcesses: 4321}");
        try (RunningGatun gatun = dist.service().start()) {
            Shown.of(gatun);
            long pid = dist.pidIn("var/run/shown.pid");
            assertThat(Processes.limit(pid, "Max open files")).isEqualTo("321");
            assertThat(Processes.limit(pid, "Max processes")).isEqualTo("4321");
            assertThat(Processes.limit(pid, "Max core file size")).isEqualTo("0");
            assertThat(Processes.limit(gatun.pid(), "Max open files")).isNotEqualTo("321");
            assertThat(Processes.limit(gatun.pid(), "Max processes")).isNotEqualTo("4321");
        }
    }

    @Test
    void secretsAreInNoLine() {
        Dist dist = show("args: [--password, hunter2, --api-token=hunter3]", "env: {DB_PASSWORD: hunter4}");
        try (RunningGatun gatun = dist.service().start()) {
            Shown.of(gatun);
            gatun.signal(Kernel.TERM);
            gatun.await();
            assertThat(gatun.out().lines("(?!word |option |variable ).*hunter.*")).isEmpty();
        }
    }

    @Test
    void modeModule() {
        Dist dist = show("args: [x]").edit(Dist.STATIC, "launchMode: script", "launchMode: module")
                .edit(Dist.STATIC, "executable: service/bin/show.py",
                        "executable: show\nenv: {PYTHONPATH: service/bin}");
        look(dist.service(), shown -> assertThat(shown.options()).startsWith("-m", "show", "x"));
    }

    @Test
    void modePexWithAnInterpreter() {
        Dist dist = show("args: [x]", "pythonPath: python3", "pythonOpts: [-q]")
                .edit(Dist.STATIC, "launchMode: script\n", "");
        look(dist.service(),
                shown -> assertThat(shown.options()).startsWith("-q", "service/bin/show.py", "x"));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
