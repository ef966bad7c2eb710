package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set in the child before its program starts, as the child sees it; and what is refused, by its exact step. */
class ChildSettingsIT {

    /** Prints what the kernel says of this very process, then its environment. */
    private static final String SHOW = "umask; pwd -P; cat /proc/$$/status /proc/$$/limits; "
            + "echo OomScoreAdj: $(cat /proc/$$/oom_score_adj); set -- $(cut -d')' -f2 /proc/$$/stat); shift 16; "
            + "echo Nice: $1; tr '\\0' '\\n' < /proc/$$/environ";

    @TempDir
    private Path folder;

    @BeforeAll
    static void asRoot() {
        assumeTrue(Kernel.weAreRoot(), "only root can become somebody else");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--exec"})
    void allAtOnce(String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("environment"),
                "# comment\n\nFILE=from file\nBOTH=from file\r\nHOME\n");
        Gatun run = Gatun.run(
                mode,
                "--user=65533:65532",
                "--groups=1001,1002",
                "--umask=027",
                "--cwd=/usr/bin",
                "--clear-env",
                "--env-file=" + file,
                "--env",
                "LINE=from line",
                "--env=BOTH=from line",
                "--env=MARKED",
                "--env=NOT_THERE",
                "--rlimit=nofile=123:456",
                "--rlimit",
                "core=0",
                "--rlimit=stack=4194304:unlimited",
                "--nice=5",
                "--oom-score-adj=432",
                "--no-new-privs",
                "--cap-drop=net_raw,sys_admin");
        String out = run.with("MARKED", "by the test").with("HOME", "/home/of/caller").shell(SHOW).finish().out();
        assertThat(out.lines().toList())
                .startsWith("0027", "/usr/bin")
                .contains("Uid:\t65533\t65533\t65533\t65533", "Gid:\t65532\t65532\t65532\t65532", "Groups:\t1001 1002 ")
                .contains("NoNewPrivs:\t1", "OomScoreAdj: 432", "Nice: 5")
                .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapAmb:\t0000000000000000")
                .contains("FILE=from file", "LINE=from line", "BOTH=from line", "MARKED=by the test",
                        "HOME=/home/of/caller")
                .doesNotContain("BOTH=from file\r")
                .noneMatch(
                        line -> line.startsWith("NOT_THERE") || line.startsWith("PATH=") || line.startsWith("GATUN"));
        assertThat(out)
                .containsPattern("Max open files +123 +456 ")
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max stack size +4194304 +unlimited ");
        assertThat(bounding(out) & (1L << 13 | 1L << 21)).as("NET_RAW and SYS_ADMIN in the bounding set").isZero();
        assertThat(bounding(out) & 1L).as("CHOWN in the bounding set").isOne();
    }

    @Test
    void nothingIsChangedWithoutOptions() {
        String with = Gatun.run().shell(SHOW).finish().out();
        String without = Gatun.run().startedBy(List.of("sh", "-c", SHOW)).finish().out();
        assertThat(settings(with)).isEqualTo(settings(without)).isNotEmpty();
    }

    private static List<String> settings(String shown) {
        return shown.lines().filter(
                line -> line.matches("\\d+|/.*|(Uid|Gid|Groups|Cap...|NoNewPrivs|Nice|Oom.*|Seccomp):.*|Max .*"))
                .toList();
    }

    private static long bounding(String status) {
        return status.lines()
                .filter(line -> line.startsWith("CapBnd:"))
                .mapToLong(line -> Long.parseLong(line.substring(7).strip(), 16))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void userByNameBringsItsGroups() {
        Gatun.Ended ended = Gatun.run("--user", "daemon").command("id").finish();
        assertThat(ended.out()).isEqualTo(Gatun.run()
                .startedBy(List.of("setpriv", "--reuid", "daemon", "--regid", "daemon", "--init-groups", "id")).finish()
                .out());
        assertThat(Gatun.run("--user=daemon:mail").command("id").finish().out())
                .matches("uid=1\\(daemon\\) gid=8\\(mail\\) groups=8\\(mail\\)\n");
    }

    @Test
    void allCapabilitiesCanBeDropped() {
        String out = Gatun.run("--cap-drop", "all").command("cat", "/proc/self/status").finish().out();
        assertThat(bounding(out)).isZero();
        assertThat(out).contains("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "Uid:\t0\t");
    }

    /** HotSpot raises its own soft limit of open files to the hard one, unless it is told not to. */
    @Test
    void limitsOfTheCallerAreThoseOfTheChild() {
        Gatun run = Gatun.run().shell("ulimit -Sn; ulimit -Hn; ulimit -Sp; ulimit -Sc; ulimit -Ss")
                .within("prlimit", "--nofile=777:888", "--nproc=5555:6666", "--core=0:99", "--stack=4194304:8388608");
        assertThat(run.finish().out()).isEqualTo("777\n888\n5555\n0\n4096\n");
    }

    /** The first that fails ends it: no half-prepared program ever runs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            root   | --cwd=/no/such/folder  | chdir(/no/such/folder): ENOENT (No such file or directory)
            root   | --cwd=/etc/passwd      | chdir(/etc/passwd): ENOTDIR (Not a directory)
            nobody | --rlimit=nofile=9:999999999 | setrlimit(RLIMIT_NOFILE, 9:999999999): EPERM (Operation not permitted); to raise a hard limit takes CAP_SYS_RESOURCE
            nobody | --user=0:0             | EPERM (Operation not permitted)
            nobody | --groups=1             | setgroups(1): EPERM (Operation not permitted)
            nobody | --nice=-5              | EACCES (Permission denied)
            nobody | --oom-score-adj=-900   | EACCES (Permission denied)
            nobody | --cwd=/root            | chdir(/root): EACCES (Permission denied)
            """)
    void failureNamesTheStepAndStartsNothing(String who, String option, String problem) {
        Path proof = folder.resolve("proof");
        Gatun run = Gatun.run(option).shell("> \"$1\"", proof.toString());
        Gatun.Ended ended = (who.equals("root") ? run : run.asNobody()).finish();
        assertThat(ended.err()).matches("gatun: error: step \\d+, .*\n").contains(problem).hasLineCount(1);
        assertThat(ended.code()).isEqualTo(125);
        assertThat(proof).doesNotExist();
    }

    /** The same steps, in our own process. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            --cwd=/no/such/folder       | chdir(/no/such/folder): ENOENT
            --rlimit=nofile=9:999999999 | setrlimit(RLIMIT_NOFILE, 9:999999999): EPERM
            """)
    void failureInPlaceNamesTheStepAsWell(String option, String problem) {
        Gatun.Ended ended = Gatun.run("--exec", option).shell("echo no").asNobody().finish();
        assertThat(ended.err()).startsWith("gatun: error: ").contains(problem).hasLineCount(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(125);
    }

    /** Without any right a child can be had all the same, and its limits lowered. */
    @Test
    void unprivilegedUserCanLowerLimits() {
        Gatun run = Gatun.run("--rlimit", "nofile=64:64", "--no-new-privs", "--nice=19", "--umask=077",
                "--oom-score-adj=1000");
        Gatun.Ended ended = run.asNobody().shell("ulimit -n; id -u; umask; exit 3").finish();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).isEqualTo("64\n65534\n0077\n");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void badLineOfAnEnvironmentFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("environment"), "GOOD=1\n\nno name=2\n");
        Gatun.Ended ended = Gatun.run("--env-file", file.toString()).command("true").finish();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).contains(file + ":3").hasLineCount(1);
    }

    @Test
    void execBecomesTheCommand() {
        List<String> words = new ArrayList<>(List.of(Python.script("recorder.py", "--end", "10=6", "child")));
        Gatun run = Gatun.run("--exec").command(words.toArray(String[]::new));
        try (RunningGatun gatun = run.start()) {
            assertThat(gatun.awaitReady("child")).as("the same pid").isEqualTo(gatun.pid());
            assertThat(gatun.processes()).as("and nobody else").containsExactly(gatun.pid());
            assertThat(Processes.commandLine(gatun.pid())).contains("recorder.py").doesNotContain("java");
            assertThat(Processes.status(gatun.pid(), "Threads")).as("its own two").hasValue("2");
            gatun.signal(Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(6);
        }
    }

    @Test
    void execLeavesNoTraceInTheSignalState() {
        String out = Gatun.run("--exec").command("cat", "/proc/self/status").finish().out();
        assertThat(out).contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000");
    }

    @Test
    void execFailsLikeTheRest() {
        Gatun.Ended ended = Gatun.run("--exec").command("no-such-command").finish();
        assertThat(ended.code()).isEqualTo(127);
        assertThat(ended.err()).isEqualTo("gatun: error: no-such-command is in no folder of PATH\n");
        assertThat(Gatun.run("--exec").command("/etc/passwd").finish().code()).isEqualTo(126);
    }

    @Test
    void execRefusesWhatNeedsSomebodyToStay() {
        for (String option : List.of("--restart=always", "--pid-file=/tmp/x", "--wait-all", "-g", "--drain=1s",
                "--map-exit=1=0")) {
            Gatun.Ended ended = Gatun.run("--exec", option).shell("echo no").finish();
            assertThat(ended.code()).isEqualTo(125);
            assertThat(ended.err()).contains("--exec").hasLineCount(1);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void explainTellsAndDoesNothing() {
        Path proof = folder.resolve("proof");
        Path pidFile = folder.resolve("pid");
        Gatun run = Gatun.run(
                "--explain", "--cwd=/usr", "--rlimit=nofile=9", "--user=65534:65534", "--stop-timeout=3s",
                "--restart=on-failure", "--rewrite=HUP:0", "--pid-file=" + pidFile);
        Gatun.Ended ended = run.shell("> \"$1\"", proof.toString()).finish();
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .contains("setrlimit(RLIMIT_NOFILE, 9", "setresuid(65534", "chdir(/usr)", "execve(", "SIGHUP dropped")
                .containsPattern("(?s)setrlimit.*setresuid.*chdir.*execve")
                .contains("after 3 s SIGKILL to the whole tree", "when it fails");
        assertThat(proof).doesNotExist();
        assertThat(pidFile).doesNotExist();
    }
}
