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
    void aSpawnerThatIsNotThereIsSaidOnce() {
        Captured missing = Captured.gatun("spawner", "check", "--", "/there/is/none");
        assertThat(missing.exitCode()).isEqualTo(125);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err()).matches("gatun: cannot start the spawner /there/is/none: step \\d+, "
                + "execve\\(/there/is/none\\): ENOENT \\(No such file or directory\\)\n");
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
            spawner chek                          | spawner has no verb chek, only: check
            spawner check                         | no command given: gatun spawner check [OPTIONS] [--] PROGRAM [ARG…]
            spawner check --only exit-code -- x   | there is no check exit-code; did you mean exit-codes?
            spawner check --only qqqqq -- x       | there is no check qqqqq; gatun spawner check --list names them
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
