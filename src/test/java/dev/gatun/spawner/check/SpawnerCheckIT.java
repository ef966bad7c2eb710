package dev.gatun.spawner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.linux.CString;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks with real spawners: a good one passes them all, and for each there is one that fails it. */
class SpawnerCheckIT {

    /** A wrapper in front of it, such as pyenv's, takes longer to start than Python. */
    private static final String PYTHON =
            Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    private static final String BAD = "src/test/resources/spawner/check/bad.py";

    /** The faults of the bad spawner: the check that each fails, and words of its sentence. */
    private static final Map<String, String> FAULTS = new LinkedHashMap<>();

    @BeforeAll
    static void readFaults() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(PYTHON, BAD, "--list").redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", "python");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        String list = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        list.lines().map(line -> line.split("\t", 2)).forEach(fault -> FAULTS.put(fault[0], fault[1]));
    }

    private static List<CheckResult> run(List<Check> checks, Transport transport, Duration timeout, String... words) {
        List<CString> environment = new ArrayList<>();
        System.getenv().forEach((name, value) -> environment.add(CString.of(name + "=" + value)));
        environment.add(CString.of("PYTHONPATH=" + Path.of("python").toAbsolutePath()));
        List<CString> command = new ArrayList<>(CString.listOf(PYTHON));
        command.addAll(CString.listOf(words));
        CheckSettings settings =
                new CheckSettings(command, environment, CheckSettings.DEFAULT_SHELL, Map.of(), timeout);
        return new CheckRunner(new SystemLibc(), settings).run(checks, transport, _ -> {});
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void thePythonPackagePassesAllThatItClaims(Transport transport) {
        List<CheckResult> results = run(Checks.ALL, transport, CheckSettings.DEFAULT_TIMEOUT.multipliedBy(2),
                "examples/spawners/local.py");
        assertThat(results).filteredOn(result -> result.outcome() instanceof Outcome.Failed).isEmpty();
        assertThat(results).filteredOn(result -> result.outcome() instanceof Outcome.Skipped)
                .extracting(result -> result.check().name())
                .contains("limits", "tree-kill")
                .isSubsetOf("limits", "tree-kill", "core-dumped", "user");
        assertThat(results).hasSizeGreaterThan(80);
    }

    @Test
    void theProgramChecksAsAnAuthorWouldHaveIt() {
        Gatun.Ended check = Gatun.of("spawner", "check", "--transport", "both", "--only", "list", "--only", "limits",
                "--", PYTHON, "examples/spawners/local.py").finish();
        assertThat(check.out()).isEqualTo("""
                pass  stdio  list
                skip  stdio  limits                   only where limits is true
                pass  unix   list
                skip  unix   limits                   only where limits is true

                2 passed, 0 failed, 2 skipped
                """);
        assertThat(check.code()).isZero();
    }

    static Stream<Check> checks() {
        return Checks.ALL.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("checks")
    void everyCheckFailsForASpawnerWithThatFault(Check check) {
        assertThat(FAULTS).as("faults of " + BAD).containsKey(check.name());
        Transport transport = check.transports().contains(Transport.STDIO) ? Transport.STDIO : Transport.UNIX;
        CheckResult result = run(List.of(check), transport, Duration.ofSeconds(3), BAD, check.name()).getFirst();
        if (check.name().equals("core-dumped") && result.outcome() instanceof Outcome.Skipped) {
            return; // where this machine dumps no core, nobody can tell
        }
        assertThat(result.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) result.outcome()).sentence())
                .contains(": expected ")
                .contains(FAULTS.get(check.name()));
    }

    @Test
    void thereIsNoFaultWithoutACheck() {
        assertThat(FAULTS.keySet()).allSatisfy(name -> assertThat(Checks.find(name)).isPresent());
    }
}
