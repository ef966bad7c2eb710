package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when Gatun is killed, or its own parent is. */
class ParentDeathIT {

    /** With a change of user as well: the kernel forgets the signal at that point, so it has to come later. */
    @ParameterizedTest
    @ValueSource(strings = {"-v", "--user=65534:65534"})
    void childDiesWithGatun(String option) {
        try (RunningGatun gatun = Gatun.run(option).command(Python.script("recorder.py", "child")).start()) {
            long child = gatun.awaitReady("child");
            gatun.signal(Kernel.KILL);
            Await.until("the end of the child", () -> !Processes.isAlive(child));
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
        }
    }

    @Test
    void childLivesOnIfThatIsWanted() {
        Gatun run = Gatun.run("--no-pdeathsig").leavesSome();
        try (RunningGatun gatun = run.command(Python.script("recorder.py", "--end", "12=0", "child")).start()) {
            long child = gatun.awaitReady("child");
            gatun.signal(Kernel.KILL);
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
            Await.until("a new parent", () -> Processes.status(child, "PPid")
                    .filter(parent -> !parent.equals(gatun.pid() + "")).isPresent());
            // It still answers, so it did not die of its parent's death.
            Kernel.kill(child, Kernel.USR1);
            gatun.out().await("child got 10");
            Kernel.kill(child, Kernel.USR2);
            Await.until("the end of the child", () -> !Processes.isAlive(child));
        }
    }

    @Test
    void gatunHearsOfTheDeathOfItsParent() {
        String[] recorder = Python.script("recorder.py", "--end", "15=0", "child");
        Gatun run = Gatun.run("-v", "--parent-death-signal", "TERM").leavesSome().command(recorder);
        // A shell in between that waits for Gatun instead of becoming it.
        run.startedBy(words(run));
        try (RunningGatun gatun = run.start()) {
            long child = gatun.awaitReady("child");
            gatun.signal(Kernel.KILL);
            gatun.out().await("child got 15");
            Await.until("the end of both", () -> gatun.processes().isEmpty());
            assertThat(Processes.isAlive(child)).isFalse();
        }
    }

    private static List<String> words(Gatun run) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit 1", "sh"));
        words.addAll(run.words());
        return words;
    }
}
