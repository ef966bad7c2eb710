package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class ExecCheckTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final TestLoop test = new TestLoop();
    private final Results results = new Results(test);
    private final Supervisor supervisor =
            new Supervisor(test.libc, test.loop, new ProcessTree(test.libc), () -> 0.5, new ProcessListener() {});

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        test.untilAllIsClosed();
        assertThat(test.problems).isEmpty();
        test.close();
    }

    private ProcessSetup setup(String program, String... arguments) {
        CString path = CString.of(program);
        List<CString> words = new ArrayList<>(List.of(path));
        words.addAll(CString.listOf(arguments));
        return new ProcessSetup(path, words, CString.listOf("PATH=" + System.getenv("PATH")))
                .streams(new Redirect.Discard(), new Redirect.Discard(), new Redirect.Discard());
    }

    private Attempt shell(String script, Duration timeout) {
        return new ExecCheck(supervisor, test.loop, "check", setup("/bin/sh", "-c", script)).begin(timeout, results);
    }

    private Path pids() {
        return folder.resolve("pids");
    }

    /** All of them, once the script has written as many. */
    private List<Integer> pids(int count) {
        test.until(count + " pids", () -> {
            test.loop.schedule(Duration.ofMillis(5), () -> {});
            return read().size() == count;
        });
        return read();
    }

    private List<Integer> read() {
        try {
            return Files.exists(pids())
                    ? Files.readAllLines(pids()).stream().filter(line -> !line.isEmpty()).map(Integer::valueOf).toList()
                    : List.of();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void untilGone(List<Integer> processes) {
        test.until("the end of " + processes, () -> {
            test.loop.schedule(Duration.ofMillis(5), () -> {});
            return processes.stream().noneMatch(this::isAlive);
        });
    }

    private boolean isAlive(int pid) {
        Optional<ProcStat> process = ProcStat.read(test.libc, pid);
        return process.isPresent() && !process.get().isZombie();
    }

    @Test
    void exitCodeZeroIsASuccess() {
        shell("exit 0", LONG);
        assertThat(results.await()).isEqualTo(CheckResult.succeeded());
        test.untilAllIsClosed();
        assertThat(results.count()).isEqualTo(1);
    }

    @Test
    void anotherExitCodeIsNamed() {
        shell("exit 3", LONG);
        assertThat(results.await()).isEqualTo(CheckResult.failed("exec check: exit code 3"));
    }

    @Test
    void aSignalIsNamed() {
        shell("kill -SEGV $$", LONG);
        assertThat(results.await().reason()).startsWith("exec check: ended by SIGSEGV");
    }

    @Test
    void aCommandThatIsMissingIsNamed() {
        new ExecCheck(supervisor, test.loop, "check", setup("/nowhere/check")).begin(LONG, results);
        assertThat(results.count()).as("before the call has returned").isZero();
        assertThat(results.await().success()).isFalse();
        assertThat(results.await().reason())
                .startsWith("exec check: ").contains("execve(/nowhere/check): ENOENT (No such file or directory)");
    }

    @Test
    void aCommandThatCannotBePreparedIsAFailure() {
        ProcessSetup setup = setup("/bin/true").workingDirectory(CString.of("/nowhere"));
        new ExecCheck(supervisor, test.loop, "check", setup).begin(LONG, results);
        assertThat(results.await().reason()).contains("chdir(/nowhere): ENOENT");
    }

    @Test
    void oneThatHangsIsKilledWhenTheTimeIsUp() {
        shell("trap '' TERM; echo $$ >> " + pids() + "; while :; do sleep 0.05; done", SHORT);
        assertThat(results.await().reason()).isEqualTo("exec check: no exit within 300 ms");
        untilGone(pids(1));
        test.untilAllIsClosed();
        assertThat(results.count()).isEqualTo(1);
    }

    /** One child stays in the group, one takes a session of its own, and so does a grandchild. */
    @Test
    void oneThatHangsAndForksIsKilledWithItsTree() {
        String leaf = "echo $$ >> " + pids() + "; exec sleep 100";
        shell("(" + leaf.replace("$$", "$(exec sh -c 'echo $PPID')") + ") & setsid sh -c '" + leaf
                + "' & setsid sh -c \"setsid sh -c '" + leaf.replace("$$", "\\$\\$") + "'; sleep 100\" & "
                + "echo $$ >> " + pids() + "; wait", Duration.ofSeconds(2));
        List<Integer> processes = pids(4);
        assertThat(processes).doesNotHaveDuplicates().allMatch(this::isAlive);
        assertThat(results.await().reason()).isEqualTo("exec check: no exit within 2 s");
        untilGone(processes);
    }

    /** The answer is the command's own; what it leaves behind would add up with every attempt. */
    @Test
    void whatOneLeavesBehindIsKilled() {
        shell("sleep 100 & echo $! >> " + pids() + "; exit 0", LONG);
        assertThat(results.await()).isEqualTo(CheckResult.succeeded());
        untilGone(pids(1));
    }

    @Test
    void aCancelledOneIsKilledAndSilent() {
        Attempt attempt = shell("echo $$ >> " + pids() + "; exec sleep 100", LONG);
        List<Integer> processes = pids(1);
        attempt.cancel();
        attempt.cancel();
        untilGone(processes);
        test.untilAllIsClosed();
        assertThat(results.count()).isZero();
    }

    @Test
    void attemptsAreIndependent() {
        ExecCheck check = new ExecCheck(supervisor, test.loop, "check", setup("/bin/sh", "-c", "exit 0"));
        for (int i = 0; i < 10; i++) {
            check.begin(LONG, results);
        }
        test.until("all answers", () -> results.count() == 10);
        test.untilAllIsClosed();
        assertThat(results.count()).isEqualTo(10);
    }
}
