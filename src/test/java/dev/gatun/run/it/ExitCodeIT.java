package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gatun ends with, and what it says then. */
class ExitCodeIT {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, 125, 126, 127, 128, 255})
    void isTheChilds(int code) {
        Gatun.Ended ended = Gatun.run().shell("exit " + code).finish();
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.err()).as("nothing is wrong, nothing is said").isEmpty();
    }

    /** The last three would dump core; a limit of 0 keeps it off the disk. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 12, 13, 15, 34, 64, 3, 6, 11})
    void is128AndTheSignalOfTheChild(int signal) {
        Gatun.Ended ended = Gatun.run("--rlimit", "core=0").shell("kill -" + signal + " $$; exit 1").finish();
        assertThat(ended.code()).isEqualTo(128 + signal);
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "exit 143,      143=0,        0",
        "kill -TERM $$, 143=0,        0",
        "exit 3,        1-9=0,        0",
        "exit 10,       1-9=0,        10",
        "exit 0,        0=7,          7",
        "exit 130,      129-159=1,    1",
        "exit 5,        6=0,          5"
    })
    void isMapped(String script, String mapping, int expected) {
        assertThat(Gatun.run("--map-exit", mapping).shell(script).finish().code()).isEqualTo(expected);
    }

    @Test
    void laterMappingsWinAndAreNotChained() {
        Gatun gatun = Gatun.run("--map-exit", "0-255=9", "--map-exit", "4=5", "--map-exit=5=6").shell("exit 4");
        assertThat(gatun.finish().code()).isEqualTo(5);
    }

    @Test
    void is127ForACommandThatIsNotFound() {
        Gatun.Ended inPath = Gatun.run().command("no-such-command").finish();
        assertThat(inPath.code()).isEqualTo(127);
        assertThat(inPath.err()).isEqualTo("gatun: error: no-such-command is in no folder of PATH\n");

        Gatun.Ended path = Gatun.run().command("/no/such/command").finish();
        assertThat(path.code()).isEqualTo(127);
        assertThat(path.err()).startsWith("gatun: error: ").contains("/no/such/command").hasLineCount(1);

        Gatun.Ended empty = Gatun.run().command("").finish();
        assertThat(empty.code()).isEqualTo(127);
        assertThat(empty.err()).startsWith("gatun: error: ").hasLineCount(1);
    }

    @Test
    void is126ForAFileThatIsNotExecutable(@TempDir Path folder) throws IOException {
        Gatun.Ended directory = Gatun.run().command(folder.toString()).finish();
        assertThat(directory.code()).isEqualTo(126);
        assertThat(directory.err()).startsWith("gatun: error: ").contains(folder + "").hasLineCount(1);

        Path file = Files.writeString(folder.resolve("text"), "echo no");
        Gatun.Ended plain = Gatun.run().command(file.toString()).finish();
        assertThat(plain.code()).isEqualTo(126);
        assertThat(plain.err()).startsWith("gatun: error: ").contains(file + "").hasLineCount(1);

        Gatun.Ended inPath = Gatun.run("--env", "PATH=" + folder).command("text").finish();
        assertThat(inPath.code()).isEqualTo(126);
        assertThat(inPath.err()).startsWith("gatun: error: ").contains(file + "").hasLineCount(1);
    }

    @Test
    void scriptsAreInterpreted(@TempDir Path folder) throws IOException {
        Path bare = script(folder.resolve("bare"), "echo $1 | tr a b; exit 9");
        Gatun.Ended withoutLine = Gatun.run().command(bare.toString(), "aa").finish();
        assertThat(withoutLine.out()).as("a shell runs it, as execvp(3) has it").isEqualTo("bb\n");
        assertThat(withoutLine.code()).isEqualTo(9);

        Path lost = script(folder.resolve("lost"), "#!/no/such/interpreter\n");
        Gatun.Ended ended = Gatun.run().command(lost.toString()).finish();
        assertThat(ended.code()).isEqualTo(127);
        assertThat(ended.err()).startsWith("gatun: error: ").contains(lost.toString(), "ENOENT").hasLineCount(1);
    }

    @Test
    void pathOfTheChildDecides(@TempDir Path folder) throws IOException {
        script(folder.resolve("only-here"), "#!/bin/sh\nexit 21\n");
        Gatun gatun = Gatun.run("--env", "PATH=/nowhere:" + folder).command("only-here");
        assertThat(gatun.finish().code()).isEqualTo(21);
    }

    /** Each of them: one sentence, 125, and nothing is started. */
    @ParameterizedTest
    @ValueSource(strings = {
        "--no-such-option",
        "--stop-signal=TREM",
        "--stop-timeout=soon",
        "--rewrite=TERM",
        "--rewrite=TERM:NOPE",
        "--map-exit=256=0",
        "--map-exit=9-1=0",
        "--restart=sometimes",
        "--max-restarts=3",
        "--rlimit=nofile",
        "--rlimit=files=3",
        "--rlimit=nofile=2:1",
        "--umask=888",
        "--nice=40",
        "--oom-score-adj=2000",
        "--cap-drop=net_row",
        "--user=nobody-of-that-name",
        "--groups=no-group-of-that-name",
        "--env==x",
        "--env-file=/no/such/file",
        "--log-level=loud",
        "--log-format=xml",
        "--pid-file=/no/such/folder/pid",
        "--backoff=1s",
        "--group=yes",
        "--subreaper --no-subreaper",
        "--wait-all --no-subreaper",
        "--kill-rest --no-subreaper"
    })
    void is125ForBadUsage(String options, @TempDir Path folder) {
        Path proof = folder.resolve("proof");
        Gatun.Ended ended = Gatun.run(options.split(" ")).shell("> \"$1\"", proof.toString()).finish();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).startsWith("gatun: ").hasLineCount(1);
        // The option, or the value where that says more.
        assertThat(ended.err()).containsAnyOf(options.split("[ =]"));
        assertThat(ended.out()).isEmpty();
        assertThat(proof).doesNotExist();
    }

    @Test
    void is125WithoutACommand() {
        Gatun.Ended ended = Gatun.run().finish();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).startsWith("gatun: no command given").hasLineCount(1);
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
