package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The completion scripts, in real shells. */
class CompletionTest {

    @TempDir
    private Path folder;

    /** Command lines and one of the words they can be completed by. */
    private static final Map<Shell, String> EXPECTED = Map.of(
            Shell.BASH, """
            gatun doc                                   | doctor
            gatun --vers                                | --version
            gatun help docto                            | doctor
            gatun doctor --js                           | --json
            gatun completion ba                         | bash
            gatun service vali                          | validate
            gatun service --mode che                    | check
            gatun init sto                              | stop
            gatun schema service-c                      | service-custom
            gatun spawner che                           | check
            gatun spawner check --transp                | --transport
            gatun spawner check --transport un          | unix
            gatun spawner check --only exit-c           | exit-codes
            gatun run --stop-t                          | --stop-timeout
            gatun run --stop-signal TER                 | TERM
            gatun run --stop-signal=TER                 | --stop-signal=TERM
            gatun run --rewrite TERM:QU                 | TERM:QUIT
            gatun run --rewrite=HUP:US                  | --rewrite=HUP:USR
            gatun run --rlimit nof                      | nofile
            gatun run --cap-drop net_a                  | net_admin
            gatun run --cap-drop=chown,net_a            | --cap-drop=chown,net_admin
            gatun run --restart on                      | on-failure
            gatun run --log-format js                   | json
            gatun run --log-level deb                   | debug
            gatun run --user roo                        | root
            gatun run --user root:daem                  | root:daemon
            gatun run --groups root,daem                | root,daemon
            gatun run --env ANSWER                     | ANSWERS
            gatun run -g --stop-timeout 5s trunca       | truncate
            gatun run -g -- trunca                      | truncate
            """,
            Shell.ZSH, """
            gatun doc                                   | doctor
            gatun help docto                            | doctor
            gatun doctor --js                           | --json
            gatun completion ba                         | bash
            gatun service vali                          | validate
            gatun service --mode che                    | check
            gatun init sto                              | stop
            gatun schema service-c                      | service-custom
            gatun spawner che                           | check
            gatun spawner check --transp                | --transport
            gatun spawner check --transport un          | unix
            gatun spawner check --only exit-c           | exit-codes
            gatun run --stop-t                          | --stop-timeout
            gatun run --stop-signal TER                 | TERM
            gatun run --stop-signal=TER                 | TERM
            gatun run --rewrite TERM:QU                 | QUIT
            gatun run --rewrite=HUP:US                  | USR1
            gatun run --rlimit nof                      | nofile
            gatun run --cap-drop=chown,net_a            | net_admin
            gatun run --restart on                      | on-failure
            gatun run --user roo                        | root
            gatun run --user root:daem                  | daemon
            gatun run --groups root,daem                | daemon
            gatun run --env ANSWER                     | ANSWERS
            gatun run -g --stop-timeout 5s trunca       | truncate
            gatun run -g -- trunca                      | truncate
            gatun run -g kill -l TER                    | TERM
            """,
            Shell.FISH, """
            gatun doc                                   | doctor
            gatun --vers                                | --version
            gatun help docto                            | doctor
            gatun doctor --js                           | --json
            gatun completion ba                         | bash
            gatun service vali                          | validate
            gatun service --mode che                    | check
            gatun init sto                              | stop
            gatun schema service-c                      | service-custom
            gatun spawner che                           | check
            gatun spawner check --transp                | --transport
            gatun spawner check --transport un          | unix
            gatun spawner check --only exit-c           | exit-codes
            gatun run --stop-t                          | --stop-timeout
            gatun run --stop-signal TER                 | TERM
            gatun run --stop-signal=TER                 | --stop-signal=TERM
            gatun run --rewrite TERM:QU                 | TERM:QUIT
            gatun run --rewrite=HUP:US                  | --rewrite=HUP:USR1
            gatun run --rlimit nof                      | nofile
            gatun run --cap-drop=chown,net_a            | --cap-drop=chown,net_admin
            gatun run --restart on                      | on-failure
            gatun run --user roo                        | root
            gatun run --user root:daem                  | root:daemon
            gatun run --groups root,daem                | root,daemon
            gatun run --env ANSWER                     | ANSWERS
            gatun run -g --stop-timeout 5s trunca       | truncate
            gatun run -g -- trunca                      | truncate
            gatun run -g ls --colo                      | --color
            """);

    private List<List<String>> complete(Shell shell, List<String> lines) {
        assumeTrue(shell.isInstalled(), shell.program() + " is not installed");
        String script = Captured.gatun("completion", shell.program()).out();
        return shell.complete(folder, script, lines).stream()
                .map(candidates -> candidates.stream().map(word -> word.replaceFirst("[=:,/]$", "")).distinct()
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void completes(Shell shell) {
        List<String[]> rows = EXPECTED.get(shell).lines().map(row -> row.split(" *\\| ")).toList();
        List<List<String>> candidates = complete(shell, rows.stream().map(row -> row[0]).toList());
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!candidates.get(i).contains(rows.get(i)[1])) {
                missed.add(rows.get(i)[0] + ": not " + rows.get(i)[1] + " but " + candidates.get(i));
            }
        }
        assertThat(missed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Shell.class)
    void offersNothingElse(Shell shell) throws IOException {
        Files.createDirectories(folder.resolve("there/gatun-below"));
        Files.createFile(folder.resolve("there/gatun-file"));
        List<List<String>> candidates = complete(
                shell,
                List.of(
                        "gatun run --env-file there/gatun-f",
                        "gatun run --cwd there/gatun-",
                        "gatun run -g cat --stop-sign",
                        "gatun run --stop-timeout the"));
        assertThat(candidates.get(0)).as("a file").singleElement().asString().endsWith("gatun-file");
        assertThat(candidates.get(1)).as("only folders").singleElement().asString().endsWith("gatun-below");
        assertThat(candidates.get(2)).as("the command's own options").doesNotContain("--stop-signal");
        assertThat(candidates.get(3)).as("a time is no file").doesNotContain("there");
    }
}
