package dev.gatun.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import dev.gatun.config.Setting;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFilesTest {
    private static final String PYTHON = """
            configType: python
            configVersion: 1
            executable: app.pex
            """;
    private static final String JAVA = """
            configType: java
            configVersion: 1
            serviceName: web
            mainClass: com.example.Main
            classpath: [service/lib/web.jar]
            """;

    private static ConfigFiles read(String staticText) {
        return read(staticText, Optional.empty());
    }

    private static ConfigFiles read(String staticText, String customText) {
        return read(staticText, Optional.of(customText));
    }

    private static ConfigFiles read(String staticText, Optional<String> customText) {
        return ConfigFiles.of("s.yml", Optional.of(bytes(staticText)), "c.yml", customText.map(ConfigFilesTest::bytes),
                ConfigFiles.Purpose.SERVICE, new Problems());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> problems(ConfigFiles files) {
        List<String> texts = new ArrayList<>();
        for (Problem problem : files.problems().list()) {
            texts.add((problem.severity() == Problem.Severity.ERROR ? "error: " : "warning: ") + problem.describe());
        }
        return texts;
    }

    private static ServiceConfig valid(ConfigFiles files) {
        assertThat(problems(files)).isEmpty();
        return files.config();
    }

    @Test
    void theSmallestFileHasEveryDefault() {
        ServiceConfig config = valid(read(PYTHON));
        assertThat(config.type()).isEqualTo(ConfigType.PYTHON);
        assertThat(config.program().mode()).isEqualTo(LaunchMode.PEX);
        assertThat(config.program().dirs()).isEmpty();
        assertThat(config.memory().mode()).isEqualTo(MemoryMode.CGROUP_AWARE);
        assertThat(config.memory().maxRssPercent()).isEqualTo(75);
        assertThat(config.memory().heapFragmentationBuffer()).isEqualTo(0.10);
        assertThat(config.memory().mallocTrimThresholdBytes()).hasValue(131_072);
        assertThat(config.memory().mallocArenaMax()).hasValue(2);
        assertThat(config.watchesMemory()).isTrue();
        assertThat(config.watchdog().poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.watchdog().softLimitPercent()).isEqualTo(85);
        assertThat(config.watchdog().hardLimitPercent()).isEqualTo(95);
        assertThat(config.watchdog().recoverPercent()).isEqualTo(80);
        assertThat(config.watchdog().grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.resources().maxOpenFiles()).isEmpty();
        assertThat(config.readiness().enabled()).isFalse();
        assertThat(config.readiness().httpPort()).isEqualTo(8081);
        assertThat(config.readiness().effectiveDrain()).isEqualTo(Duration.ZERO);
        assertThat(config.cpu().autoDetect()).isTrue();
        assertThat(config.stop().timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void zeroIsAValueAndNotTheDefault() {
        ServiceConfig config = valid(read(PYTHON + """
                memory: {heapFragmentationBuffer: 0, mallocArenaMax: 0, mallocTrimThreshold: 0}
                watchdog: {gracePeriodSeconds: 0}
                readiness: {enabled: true, drainSeconds: 0}
                """));
        assertThat(config.memory().heapFragmentationBuffer()).isZero();
        assertThat(config.memory().mallocArenaMax()).isEmpty();
        assertThat(config.memory().mallocTrimThresholdBytes()).hasValue(0);
        assertThat(config.watchdog().grace()).isEqualTo(Duration.ZERO);
        assertThat(config.readiness().effectiveDrain()).isEqualTo(Duration.ZERO);
    }

    @Test
    void theOperatorsFileWinsKeyByKeyAndIsAppended() {
        ServiceConfig config = valid(read(PYTHON + """
                args: [--port, 8080]
                pythonOpts: -O
                env: {A: static, B: static}
                memory: {maxRssPercent: 50, mallocArenaMax: 3}
                watchdog: {enabled: true, softLimitPercent: 70}
                """, """
                configType: java
                configVersion: 9
                args: [--verbose]
                pythonOpts: [-B]
                env: {B: custom, C: yes}
                memory: {maxRssPercent: 60}
                watchdog: {hardLimitPercent: 90}
                """));
        assertThat(config.type()).isEqualTo(ConfigType.PYTHON);
        assertThat(config.program().args()).containsExactly("--port", "8080", "--verbose");
        assertThat(config.program().pythonOpts()).containsExactly("-O", "-B");
        assertThat(config.program().env()).containsEntry("A", "static").containsEntry("B", "custom")
                .containsEntry("C", "yes");
        assertThat(config.memory().maxRssPercent()).isEqualTo(60);
        assertThat(config.memory().mallocArenaMax()).hasValue(3);
        assertThat(config.watchdog().softLimitPercent()).isEqualTo(70);
        assertThat(config.watchdog().hardLimitPercent()).isEqualTo(90);
    }

    @Test
    void aHealthCheckHasNoArgumentsOfTheOperator() {
        ConfigFiles files = ConfigFiles.of("s.yml", Optional.of(bytes(PYTHON + "args: [--check]\n")), "c.yml",
                Optional.of(bytes("args: [--port, 1]\nenv: {A: b}\n")), ConfigFiles.Purpose.CHECK, new Problems());
        assertThat(valid(files).program().args()).containsExactly("--check");
        assertThat(valid(files).program().env()).containsEntry("A", "b");
    }

    @Test
    void everyValueHasItsSource() {
        ConfigFiles files = read(PYTHON + "watchdog: {softLimitPercent: 70}\n", "watchdog: {hardLimitPercent: 90}\n");
        assertThat(source(files, "watchdog.softLimitPercent")).isEqualTo("s.yml:4:12");
        assertThat(source(files, "watchdog.hardLimitPercent")).isEqualTo("c.yml:1:12");
        assertThat(source(files, "watchdog.pollIntervalSeconds")).isEqualTo("default");
    }

    private static String source(ConfigFiles files, String path) {
        for (Setting setting : files.settings()) {
            if (setting.path().equals(path)) {
                return setting.source().text();
            }
        }
        throw new AssertionError("no " + path + " among " + files.settings());
    }

    @Test
    void whatTheOperatorMayNotSayIsWarnedAbout() {
        assertThat(problems(read(PYTHON, "readiness: {enabled: true}\nexecutable: other\n")))
                .hasSize(2).allMatch(text -> text.startsWith("warning: c.yml:"));
    }

    @Test
    void whatTheOperatorMayNotSayIsWithoutEffect() {
        ServiceConfig config = read(PYTHON + "subProcesses: {web: {executable: bin/web, start: before}}\n", """
                args: [-v]
                executable: other
                readiness: {enabled: true}
                memory: {maxRssPercent: 50, maxRss: 1}
                subProcesses: {web: {args: [-w], start: after, executable: bin/other}}
                """).config();
        assertThat(config.program().executable()).hasValue("app.pex");
        assertThat(config.program().args()).containsExactly("-v");
        assertThat(config.readiness().enabled()).isFalse();
        assertThat(config.memory().maxRssPercent()).isEqualTo(50);
        SubProcess web = config.subProcesses().get("web");
        assertThat(web.program().executable()).hasValue("bin/web");
        assertThat(web.program().args()).containsExactly("-w");
        assertThat(web.start()).isEqualTo(StartOrder.BEFORE);
    }

    @Test
    void whatBelongsIntoTheStaticFileIsToldFromWhatNobodyKnows() {
        assertThat(problems(read(PYTHON, "exectuable: other\nexecutable: other\nenvs: {A: b}\n"))).containsExactly(
                "warning: c.yml:1:1: exectuable: unknown key",
                "warning: c.yml:2:1: executable: a key of the static file, without effect here",
                "warning: c.yml:3:1: envs: unknown key; did you mean env?");
    }

    @Test
    void allProblemsOfBothFilesComeAtOnce() {
        List<String> problems = problems(read("""
                configType: python
                configVersion: 2
                launchMode: uvicron
                watchdog:
                  sotLimitPercent: 70
                  hardLimitPercent: 80
                memory: [1]
                """, "memory: {maxRssPercent: 120}\n"));
        assertThat(problems).hasSize(7);
        assertThat(problems).anyMatch(text -> text.contains("s.yml:2:1: configVersion"));
        assertThat(problems).anyMatch(text -> text.contains("s.yml:3:1: launchMode") && text.contains("uvicorn"));
        assertThat(problems).anyMatch(text -> text.startsWith("warning: s.yml:5:3: watchdog.sotLimitPercent")
                && text.endsWith("did you mean softLimitPercent?"));
        assertThat(problems).anyMatch(text -> text.contains("softLimitPercent") && text.contains("85"));
        assertThat(problems).anyMatch(text -> text.contains("c.yml:1:10: memory.maxRssPercent"));
        assertThat(problems).anyMatch(text -> text.contains("executable"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "watchdog: {softLimitPercent: 95}                      | softLimitPercent",
        "memory: {mode: fixed}                                 | fixedLimitBytes",
        "memory: {mode: cgroup}                                | cgroup-aware",
        "watchdog: {pollIntervalSeconds: -1}                   | pollIntervalSeconds",
        "watchdog: {pollIntervalSeconds: 0}                    | pollIntervalSeconds",
        "watchdog: {gracePeriodSeconds: -1}                    | gracePeriodSeconds",
        "watchdog: {action: restart}                           | restart policy",
        "memory: {maxRssPercent: 101}                          | maxRssPercent",
        "memory: {fixedLimitBytes: 0}                          | fixedLimitBytes",
        "memory: {heapFragmentationBuffer: 1.5}                | heapFragmentationBuffer",
        "readiness: {drainSeconds: -1}                         | drainSeconds",
        "cpu: {override: -1}                                   | override",
        "logging: {level: INFO}                                | one of error, warn",
        "logging: {format: plain}                              | one of text, json",
        "watchdog: {action: dump} | dump.command",
        "watchdog: {dump: {kind: command}} | without a command",
        "readiness: {httpPort: 70000}                          | httpPort",
        "readiness: {httpPath: ready}                          | begins with /",
        "readiness: {check: {}}                                | exactly one of",
        "readiness: {check: {notify: true, tcp: {port: 1}}}    | 2 kinds",
        "stopSignal: TREM                                      | stopSignal",
        "restart: {backoffMinSeconds: 60}                      | backoffMinSeconds",
        "minHeapFreeRatio: 50\\nmaxHeapFreeRatio: 10           | minHeapFreeRatio",
        "subProcesses: [{name: a}]                             | executable",
        "subProcesses: [{name: ../a, executable: x}]           | name of a file",
        "subProcesses: {a/b: {executable: x}}                  | name of a file",
        "subProcesses: {..: {executable: x}}                   | name of a file",
        "subProcesses: {'': {executable: x}}                   | name of a file",
        "subProcesses: [{name: a, executable: x}, {name: a, executable: y}] | a",
        "args: {a: b}                                          | args"})
    void whatCannotBeIsAnError(String line, String word) {
        assertThat(problems(read(PYTHON + line.replace("\\n", "\n")))).anyMatch(
                text -> text.startsWith("error: s.yml:") && text.contains(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceName", "mainClass", "classpath"})
    void javaNeedsItsKeys(String key) {
        String without =
                JAVA.lines().filter(line -> !line.startsWith(key)).reduce("", (all, line) -> all + line + "\n");
        assertThat(problems(read(without))).singleElement().asString().contains(key);
        assertThat(problems(read(JAVA))).isEmpty();
    }

    @Test
    void javaIsNotWatchedUnlessItIsAskedFor() {
        assertThat(valid(read(JAVA)).watchesMemory()).isFalse();
        assertThat(valid(read(JAVA + "watchdog: {enabled: true}\n")).watchesMemory()).isTrue();
    }

    @Test
    void anExecutableIsOneOfAFewOrAllowedByName() {
        String file = "configType: executable\nconfigVersion: 1\nserviceName: web\nexecutable: bin/";
        assertThat(problems(read(file + "envoy\n"))).isEmpty();
        assertThat(problems(read(file + "server\n"))).singleElement().asString().contains("anyExecutable");
        assertThat(problems(read(file + "server\nanyExecutable: true\n"))).isEmpty();
        assertThat(problems(read(file + "en;voy\nanyExecutable: true\n"))).singleElement().asString()
                .contains("letters, digits");
    }

    @Test
    void subProcessesAreAListOrAMapping() {
        ServiceConfig list = valid(read(PYTHON + """
                subProcesses:
                  - {name: log, executable: bin/log, args: [-v]}
                  - {name: proxy, executable: bin/proxy, start: before, restart: {policy: always}}
                """));
        ServiceConfig map = valid(read(PYTHON + """
                subProcesses:
                  log: {executable: bin/log, args: [-v]}
                  proxy: {executable: bin/proxy, start: before, restart: {policy: always}}
                """));
        assertThat(list.subProcesses()).isEqualTo(map.subProcesses());
        assertThat(List.copyOf(map.subProcesses().keySet())).containsExactly("log", "proxy");
        assertThat(map.subProcesses().get("proxy").start()).isEqualTo(StartOrder.BEFORE);
    }

    @Test
    void aSubProcessOfAJavaServiceIsNamedLikeAService() {
        String sub = "{configType: executable, executable: bin/envoy}";
        assertThat(problems(read(JAVA + "subProcesses: {envoy-1: " + sub + "}\n"))).isEmpty();
        for (String name : List.of("a.envoy", "Envoy", "web", "a b")) {
            assertThat(problems(read(JAVA + "subProcesses: {" + name + ": " + sub + "}\n"))).as(name).singleElement()
                    .asString().contains("name");
        }
    }

    @Test
    void theOperatorChoosesTheJavaAndAddsToItsOptions() {
        Program program = valid(read(JAVA + "javaHome: $JAVA_17_HOME\njvmOpts: [-Xmx1g]\n", """
                javaHome: $JAVA_21_HOME
                jvmOpts: [-Xmx2g]
                """)).program();
        assertThat(program.javaHome()).hasValue("$JAVA_21_HOME");
        assertThat(program.jvmOpts()).containsExactly("-Xmx1g", "-Xmx2g");
    }

    @Test
    void theOperatorSetsUpSubProcessesByName() {
        ServiceConfig config = valid(read(JAVA + """
                subProcesses:
                  envoy: {configType: executable, executable: service/bin/envoy, env: {A: static}}
                """, "subProcesses: {envoy: {configType: executable, configVersion: 1, env: {A: custom}}}\n"));
        assertThat(config.subProcesses().get("envoy").program().env()).containsEntry("A", "custom");
    }

    @Test
    void aKeyThatIsThereTwiceIsAnErrorForPythonAndAWarningForJava() {
        assertThat(problems(read(PYTHON + "args: [a]\nargs: [b]\n"))).singleElement().asString()
                .startsWith("error: s.yml:5:1:");
        ConfigFiles java = read(JAVA + "args: [a]\nargs: [b]\n");
        assertThat(problems(java)).singleElement().asString().startsWith("warning: s.yml:7:1:");
        assertThat(java.config().program().args()).containsExactly("b");
    }

    @Test
    void emptyItemsOfListsAreDroppedForPythonAndEmptyForJava() {
        assertThat(valid(read(PYTHON + "args: [a, null, b]\n")).program().args()).containsExactly("a", "b");
        assertThat(valid(read(JAVA + "args: [a, null, b]\n")).program().args()).containsExactly("a", "", "b");
    }

    @Test
    void anEmptyTypeIsPython() {
        assertThat(valid(read(PYTHON.replace("configType: python", "configType: \"\""))).type())
                .isEqualTo(ConfigType.PYTHON);
    }

    @Test
    void missingAndUnreadableFilesAreProblems(@TempDir Path folder) throws IOException {
        String absent = folder.resolve("absent.yml").toString();
        SystemLibc libc = new SystemLibc();
        assertThat(problems(ConfigFiles.read(libc, absent, Optional.of(absent), ConfigFiles.Purpose.SERVICE)))
                .containsExactly("error: " + absent + ":1:1: there is no such file");
        Path file = Files.writeString(folder.resolve("s.yml"), PYTHON);
        assertThat(problems(ConfigFiles.read(libc, file.toString(), Optional.of(absent), ConfigFiles.Purpose.SERVICE)))
                .isEmpty();
        assertThat(problems(ConfigFiles.read(libc, file.toString(), Optional.of(folder.toString()),
                ConfigFiles.Purpose.SERVICE)))
                .containsExactly("error: " + folder + ":1:1: found a folder, expected a file that can be read");
    }

    @Test
    void aFileThatCannotBeParsedIsNotComplainedOfForItsKeys() {
        assertThat(problems(read("configType: [\n"))).hasSize(1);
    }
}
