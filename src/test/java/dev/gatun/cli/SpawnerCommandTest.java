package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.spawner.check.Checks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gatun spawner check}: its command line. */
class SpawnerCommandTest {

    @Test
    void listsTheChecks() {
        Captured list = Captured.gatun("spawner", "check", "--list");
        assertThat(list.exitCode()).isZero();
        assertThat(list.out().lines()).hasSize(Checks.ALL.size());
        assertThat(list.out()).contains("exit-codes               it tells the exit codes 0, 3 and 255\n");
    }

    @Test
    void aSpawnerThatIsNotThereFailsEachCheckWithASentence() {
        Captured missing = Captured.gatun("spawner", "check", "--only", "list", "--", "/there/is/none");
        assertThat(missing.exitCode()).isOne();
        assertThat(missing.out())
                .contains("FAIL  stdio  list")
                .contains("started /there/is/none: expected a running spawner, but ")
                .contains("execve(/there/is/none): ENOENT")
                .endsWith("\n0 passed, 1 failed, 0 skipped; not tried: --transport unix\n");
    }

    @Test
    void aSpawnerThatSaysNothingFails() {
        Captured mute = Captured.gatun("spawner", "check", "--only", "hello-answered", "--only", "recover", "--json",
                "--timeout", "200ms", "--", "/bin/sh", "-c", "echo the log >&2; exec sleep 5");
        assertThat(mute.exitCode()).isOne();
        assertThat(mute.out())
                .contains("expected a reply, but it did not come within 200 ms")
                .contains("hello did not tell whether recover is true")
                .contains("the log");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            spawner                               | spawner needs a verb: check
            spawner chek                          | spawner needs a verb: check
            spawner check                         | no command given: gatun spawner check [OPTIONS] [--] PROGRAM [ARG…]
            spawner check --only exit-code -- x   | no check exit-code; did you mean exit-codes?
            spawner check --transport tcp -- x    | --transport tcp: expected stdio, unix or both
            spawner check --timeout 0s -- x       | --timeout 0s: expected more than no time
            spawner check --timeout soon -- x     | --timeout "soon": expected a duration such as 10s, 500ms or 1m30s
            spawner check --setting x -- x        | --setting x: expected NAME=VALUE
            """)
    void badUsageIsOneSentence(String line, String sentence) {
        Captured bad = Captured.gatun(line.split(" "));
        assertThat(bad.exitCode()).isEqualTo(125);
        assertThat(bad.err()).isEqualTo("gatun: " + sentence + " (see gatun spawner --help)\n");
    }
}
