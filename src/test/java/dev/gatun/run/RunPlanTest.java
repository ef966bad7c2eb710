package dev.gatun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Libcs;
import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SystemLibc;
import dev.gatun.log.Level;
import dev.gatun.log.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child will be like, by the steps of its tape; nothing is started. */
class RunPlanTest {

    @TempDir
    private Path root;

    private Path bin;
    private Libc libc;

    @BeforeEach
    void machine() throws IOException {
        bin = Files.createDirectories(root.resolve("bin"));
        Files.createFile(bin.resolve("plain"));
        Files.createDirectory(bin.resolve("folder"));
        Files.createFile(bin.resolve("tool"));
        bin.resolve("tool").toFile().setExecutable(true);
        environ("PATH=" + bin);
        libc = Libcs.rooted(root, "/proc/self/environ", "/proc/self/status");
    }

    private void environ(String... entries) {
        Libcs.write(root, "/proc/self/environ", String.join("\0", entries) + "\0");
    }

    private static RunOptions options(RunOptions.Child child, String... command) {
        return new RunOptions(
                "gatun",
                CString.listOf(command),
                Policy.DEFAULT,
                RunOptions.Signals.DEFAULT,
                child,
                new RunOptions.Launcher(
                        RunOptions.Subreaper.AUTOMATIC, Optional.empty(), Optional.empty(), false, false,
                        LogFormat.TEXT, Level.WARN));
    }

    private static RunOptions.Child plain() {
        return RunOptions.Child.plain(RunOptions.Place.SHELL_JOB, SignalSet.NONE, SignalSet.NONE);
    }

    private List<String> steps(RunOptions.Child child, String... command) {
        return new RunPlan(libc, options(child, command)).setup(false).tape(new SystemLibc()).describe();
    }

    private void refuses(int exitCode, String sentence, String command) {
        assertThatThrownBy(() -> steps(plain(), command))
                .isInstanceOfSatisfying(LaunchRefused.class, refused -> {
                    assertThat(refused).hasMessage(sentence);
                    assertThat(refused.exitCode()).isEqualTo(exitCode);
                });
    }

    @Test
    void commandIsLookedForInThePathOfTheChild() {
        assertThat(steps(plain(), "tool")).contains("execve(" + bin + "/tool)");
        environ("PATH=/nowhere");
        refuses(127, "tool is in no folder of PATH", "tool");
        EnvironmentChanges path = new EnvironmentChanges(false, CString.listOf("PATH=/nowhere:" + bin));
        assertThat(steps(with(path), "tool")).contains("execve(" + bin + "/tool)");
    }

    private static RunOptions.Child with(EnvironmentChanges environment) {
        RunOptions.Child plain = plain();
        return new RunOptions.Child(
                plain.place(), environment, List.of(), Optional.empty(), Optional.empty(), false, List.of(),
                OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), false, SignalSet.NONE,
                SignalSet.NONE);
    }

    @Test
    void commandThatIsNoneIsRefusedBeforeAnythingStarts() {
        refuses(127, "nothing-like-it is in no folder of PATH", "nothing-like-it");
        refuses(127, "the command is empty", "");
        refuses(126, bin + "/plain is a folder, or a file that is not executable", "plain");
        refuses(126, bin + "/folder is a folder, or a file that is not executable", "folder");
    }

    @Test
    void commandWithASlashIsTakenAsItIs() {
        assertThat(steps(plain(), "./server")).contains("execve(./server)");
    }

    /** The sockets of systemd are for the child; only a process itself can say its pid in its environment. */
    @Test
    void socketActivationIsPassedOnByAShell() {
        environ("PATH=" + bin, "LISTEN_FDS=1", "LISTEN_PID=" + libc.getpid());
        assertThat(steps(plain(), "tool", "a")).contains("execve(/bin/sh)").doesNotContain("execve(" + bin + "/tool)");
        assertThat(new RunPlan(libc, options(plain(), "tool")).setup(true).tapeInPlace(libc).describe())
                .as("in place it is our own pid")
                .contains("execve(" + bin + "/tool)");
        environ("PATH=" + bin, "LISTEN_FDS=1", "LISTEN_PID=1");
        assertThat(steps(plain(), "tool")).as("for somebody else").contains("execve(" + bin + "/tool)");
    }

    /** Limits while we may still raise them, the folder with the rights of the child, the signals last. */
    @Test
    void stepsStandInAnOrderThatWorks() {
        RunOptions.Child child = new RunOptions.Child(
                RunOptions.Place.SESSION,
                EnvironmentChanges.NONE,
                List.of(new Rlimit(Rlimit.Resource.NOFILE, 1, 2)),
                Optional.of("4000:4001"),
                Optional.of(List.of("7")),
                true,
                List.of(Capability.NET_RAW),
                OptionalInt.of(0b010_010),
                Optional.of(CString.of("/tmp")),
                OptionalInt.of(500),
                OptionalInt.of(3),
                true,
                SignalSet.NONE,
                SignalSet.NONE);
        assertThat(steps(child, "tool").stream().map(step -> step.replaceAll("\\(.*", "")).distinct())
                .containsExactly(
                        "setsid", "open", "write", "setpriority", "setrlimit", "umask", "capset", "prctl", "setgroups",
                        "setresgid", "setresuid", "chdir", "getppid", "close_range", "sigaction", "sigprocmask",
                        "execve");
        assertThat(steps(child, "tool"))
                .contains(
                        "write(/proc/self/oom_score_adj, \"500\")",
                        "setpriority(PRIO_PROCESS, 3)",
                        "setrlimit(RLIMIT_NOFILE, 1:2)",
                        "umask(022)",
                        "prctl(PR_CAPBSET_DROP, CAP_NET_RAW)",
                        "setgroups(7)",
                        "setresuid(4000, 4000, 4000)",
                        "prctl(PR_SET_NO_NEW_PRIVS, 1)",
                        "chdir(/tmp)",
                        "prctl(PR_SET_PDEATHSIG, SIGKILL)")
                .containsSubsequence("setresuid(4000, 4000, 4000)", "prctl(PR_SET_PDEATHSIG, SIGKILL)");
    }

    @Test
    void onlyWhatMayStaysIgnored() {
        Libcs.write(root, "/proc/self/status", "SigIgn:\t0000000000000003\n");
        assertThat(steps(plain(), "tool"))
                .contains(
                        "sigaction(SIGHUP to SIGFPE, SIG_DFL)",
                        "sigaction(SIGUSR1 to SIGCONT, SIG_DFL)",
                        "sigaction(SIGTSTP to SIGRTMIN+30, SIG_DFL)");
        RunOptions.Child nohup = RunOptions.Child.plain(
                RunOptions.Place.SHELL_JOB, RunOptions.Child.HUP_STAYS_IGNORED, SignalSet.NONE);
        assertThat(steps(nohup, "tool"))
                .doesNotContain("sigaction(SIGHUP to SIGFPE, SIG_DFL)")
                .contains("sigaction(SIGINT to SIGFPE, SIG_DFL)");
    }

    @Test
    void explanationHasTheStepsAndThePlan() {
        List<String> lines = new Run(libc, options(plain(), "tool")).explain();
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("execve(" + bin + "/tool)"));
        assertThat(String.join("\n", lines))
                .contains("sigaction(SIGHUP to ")
                .containsPattern("restart +never")
                .containsPattern(
                        "stop +on SIGTERM SIGTERM to the child; after 5 s SIGTERM to its group; after 10 s SIGKILL");
    }
}
