package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting again, and the pid file that tells whom. */
class RestartIT {

    private static final String COUNT = "n=$(($(cat \"$1\" 2>/dev/null) + 1)); echo $n > \"$1\"; ";

    @TempDir
    private Path folder;

    private int runs() throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve("runs")).strip());
    }

    private Gatun counting(Gatun run, String script) {
        return run.shell(COUNT + script, folder.resolve("runs").toString(), folder.resolve("pid").toString());
    }

    @Test
    void failuresAreRepeatedAsOftenAsIsAllowed() throws IOException {
        Gatun run = Gatun.run("--restart", "on-failure", "--max-restarts", "3", "--backoff", "10ms..20ms");
        Gatun.Ended ended = counting(run, "exit $n").finish();
        assertThat(ended.code()).as("that of the last run").isEqualTo(4);
        assertThat(runs()).isEqualTo(4);
        List<String> lines = ended.err().lines().toList();
        assertThat(lines.get(0))
                .matches("gatun: warning: next start in \\d+ ms: 1st failure in a row \\(exit code 1\\)");
        assertThat(lines.get(1)).contains("2nd failure in a row (exit code 2)");
        assertThat(lines.get(2)).contains("3rd failure in a row (exit code 3)");
        assertThat(ended.err()).contains("giving up after 3 restarts: exit code 4");
    }

    @Test
    void onFailureEndsWithTheFirstSuccess() throws IOException {
        Gatun run = Gatun.run("--restart", "on-failure", "--backoff", "1ms..1ms");
        assertThat(counting(run, "[ $n -ge 3 ] || kill -9 $$").finish().code()).isZero();
        assertThat(runs()).isEqualTo(3);
    }

    @Test
    void mappedToZeroIsASuccess() throws IOException {
        Gatun run = Gatun.run("--restart", "on-failure", "--map-exit", "143=0", "--backoff", "1ms..1ms");
        assertThat(counting(run, "exit 143").finish().code()).isZero();
        assertThat(runs()).isOne();
    }

    @Test
    void pidFileFollowsTheChildAndIsRemovedAtTheEnd() throws IOException {
        Path file = folder.resolve("pid");
        Gatun run = Gatun.run("-v", "--restart=always", "--backoff=1ms..1ms", "--pid-file", file.toString());
        run.command(Python.script("recorder.py", "--end", "10=0", "--end", "15=17", "child"));
        try (RunningGatun gatun = run.start()) {
            long first = gatun.awaitReady("child");
            Await.until("the pid in the file", () -> content(file).equals(Optional.of(first + "\n")));
            Kernel.kill(first, Kernel.USR1);
            long second = Long.parseLong(gatun.out().await("ready pid (?!" + first + " )(\\d+)").group(1));
            Await.until("the new pid in the file", () -> content(file).equals(Optional.of(second + "\n")));
            assertThat(gatun.err().text()).contains("next start in").contains("restarted always (exit code 0)");
            // Whoever asks for the end gets no restart.
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(17);
            assertThat(file).doesNotExist();
        }
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Kernel.TERM, Kernel.INT})
    void stopDuringTheBackOffIsTheEnd(int signal) throws IOException {
        Gatun run = Gatun.run("--restart", "on-failure", "--backoff", "10m..10m");
        try (RunningGatun gatun = counting(run, "exit 9").start()) {
            gatun.err().await("next start in \\d+ (min|s)");
            gatun.signal(signal);
            assertThat(gatun.await().code()).isEqualTo(9);
            assertThat(runs()).isOne();
        }
    }

    /** What a run leaves behind is ended before the next begins. */
    @Test
    void restIsEndedBeforeTheNextStart() {
        String[] recorders = Python.script("recorder.py", "--end", "10=1", "--end", "12=0", "leader", "escapee");
        Gatun run = Gatun.run("--restart=on-failure", "--backoff=1ms..1ms", "--stop-timeout=200ms").command(recorders);
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("escapee");
            long first = gatun.awaitReady("leader");
            Kernel.kill(first, Kernel.USR1);
            long second = Long.parseLong(gatun.out().await("leader ready pid (?!" + first + " )(\\d+)").group(1));
            gatun.out().await("(?s)escapee ready.*escapee got 15.*escapee ready");
            assertThat(gatun.processes()).as("Gatun, a leader, an escapee").hasSize(3);
            Kernel.kill(second, Kernel.USR2);
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void pidFileThatCannotBeWrittenPreventsTheStart() throws IOException {
        for (Path file : List.of(folder.resolve("no/such/folder/pid"), folder)) {
            Gatun.Ended ended = counting(Gatun.run("--pid-file", file.toString()), "").finish();
            assertThat(ended.code()).isEqualTo(125);
            assertThat(ended.err()).startsWith("gatun: error: ").contains(file.toString()).hasLineCount(1);
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }

    @Test
    void pidFileIsRemovedWhenTheStartFails() {
        Path file = folder.resolve("pid");
        Gatun run = Gatun.run("--pid-file", file.toString(), "--cwd", "/no/such/folder").command("true");
        assertThat(run.finish().code()).isEqualTo(125);
        assertThat(file).doesNotExist();
    }

    /** Each run writes down how many descriptors Gatun has. The JVM may yet open the jar for a class it needs late. */
    @Test
    void twoHundredRestartsLeaveNoDescriptorOpen() throws IOException {
        Path counts = folder.resolve("pid");
        Gatun run = Gatun.run("--restart=on-failure", "--max-restarts=200", "--backoff=1ms..1ms", "--log-level=error");
        assertThat(counting(run, "ls -l /proc/$PPID/fd | grep -vc '[.]jar$' >> \"$2\"; exit 1").finish().code())
                .isOne();
        List<String> lines = Files.readAllLines(counts);
        assertThat(lines).hasSize(201);
        assertThat(lines.subList(5, 201)).containsOnly(lines.get(5));
    }
}
