package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import dev.gatun.it.Transcript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zombies, orphans, and what becomes of them when the child has ended. */
class OrphansIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thousandOrphansThatEndAtOnceAreAllWaitedFor(boolean asPid1) {
        Gatun run = Gatun.run().command(Python.script("orphans.py", "1000"));
        try (RunningGatun gatun = (asPid1 ? run.asPid1() : run).start()) {
            gatun.out().await("made 1000");
            long pid = gatun.pid();
            Await.until("all orphans at Gatun", () -> Processes.children(pid).size() == 1001);
            gatun.type("go");
            gatun.out().await("released");
            Await.until("no zombie and no orphan left", () -> Processes.children(pid).size() == 1);
            assertThat(Processes.children(pid)).allMatch(Processes::isAlive);
            gatun.closeInput();
            assertThat(gatun.await().code()).isZero();
        }
    }

    /** The rest gets TERM when the child has ended, and whoever ignores it KILL after the stop timeout. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--kill-rest", "asPid1"})
    void restIsEndedByTheLadder(String variant) {
        String[] recorders = Python.script("recorder.py", "--end", "10=3", "leader", "member", "escapee");
        Gatun run = variant.startsWith("--")
                ? Gatun.run("-v", "--stop-timeout", "500ms", variant)
                : Gatun.run("-v", "--stop-timeout", "500ms");
        if (variant.equals("asPid1")) {
            run.asPid1();
        }
        try (RunningGatun gatun = run.command(recorders).start()) {
            gatun.awaitReady("member");
            gatun.awaitReady("escapee");
            Kernel.kill(gatun.pidOf("leader"), Kernel.USR1);
            long start = System.nanoTime();
            // Before they are killed they are told.
            gatun.out().await("member got 15");
            gatun.out().await("escapee got 15");
            assertThat(gatun.await().code()).as("the child's own").isEqualTo(3);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
            assertThat(gatun.out().text()).doesNotContain("leader got 15");
        }
    }

    @Test
    void restThatObeysIsNotWaitedForLonger() {
        String[] recorders = Python.script("recorder.py", "--end", "10=4", "--end", "15=0", "leader", "escapee");
        try (RunningGatun gatun = Gatun.run("--stop-timeout", "10m").command(recorders).start()) {
            gatun.awaitReady("escapee");
            Kernel.kill(gatun.pidOf("leader"), Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(4);
            assertThat(gatun.out().text()).contains("escapee got 15");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitAllLeavesTheRestInPeace(boolean asPid1) {
        String[] recorders = Python.script("recorder.py", "--end", "10=5", "--end", "12=0", "leader", "escapee");
        Gatun run = Gatun.run("-v", "--wait-all", "--stop-timeout", "100ms").command(recorders);
        try (RunningGatun gatun = (asPid1 ? run.asPid1() : run).start()) {
            gatun.awaitReady("escapee");
            Kernel.kill(gatun.pidOf("leader"), Kernel.USR1);
            gatun.err().await("exit code 5; .*wait");
            long pid = gatun.pid();
            Await.until("the escapee alone", () -> Processes.children(pid).size() == 1);
            // Signals have nobody to go to any more, and the escapee is not ours to be signalled.
            gatun.signal(Kernel.USR1);
            gatun.err().await("nobody to forward a signal to signal=SIGUSR1");
            assertThat(gatun.hasEnded()).isFalse();
            Kernel.kill(gatun.pidOf("escapee"), Kernel.USR2);
            assertThat(gatun.await().code()).isEqualTo(5);
            assertThat(gatun.out().all("escapee got (\\d+)")).containsExactly("12");
        }
    }

    /** Without a child INT is for Gatun itself: Ctrl-C must not go unheard. */
    @ParameterizedTest
    @ValueSource(ints = {Kernel.TERM, Kernel.INT})
    void waitAllCanBeCutShort(int signal) {
        String[] recorders = Python.script("recorder.py", "--end", "10=6", "leader", "escapee");
        try (RunningGatun gatun =
                Gatun.run("-v", "--wait-all", "--stop-timeout", "200ms").command(recorders).start()) {
            gatun.awaitReady("escapee");
            Kernel.kill(gatun.pidOf("leader"), Kernel.USR1);
            gatun.err().await("exit code 6; .*wait");
            gatun.signal(signal);
            gatun.out().await("escapee got 15");
            assertThat(gatun.await().code()).isEqualTo(6);
        }
    }

    @Test
    void withoutSubreaperTheEndOfTheChildIsTheEnd() {
        String[] recorders = Python.script("recorder.py", "--end", "10=7", "--end", "12=0", "leader", "escapee");
        try (RunningGatun gatun =
                Gatun.run("--no-subreaper").leavesSome().command(recorders).start()) {
            long escapee = gatun.awaitReady("escapee");
            long leader = gatun.awaitReady("leader");
            assertThat(Processes.children(gatun.pid())).containsExactly(leader);
            Kernel.kill(leader, Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(7);
            assertThat(Processes.isAlive(escapee)).isTrue();
            Kernel.kill(escapee, Kernel.USR2);
            gatun.out().await("escapee got 12");
            assertThat(gatun.out().all("escapee got (\\d+)")).containsExactly("12");
        }
    }

    /** Somebody who has joined our PID namespace from outside is none of our descendants: nobody waits for him. */
    @Test
    void visitorOfOurNamespaceIsNotWaitedFor() throws Exception {
        String[] recorder = Python.script("recorder.py", "--end", "10=8", "child");
        try (RunningGatun gatun = Gatun.run("--wait-all").asPid1().command(recorder).start()) {
            gatun.awaitReady("child");
            long init = gatun.pid();
            Process visitor = new ProcessBuilder(visit(init)).redirectErrorStream(true).start();
            Transcript visit = Transcript.of("the visitor", visitor.getInputStream());
            visit.await("visitor ready .* parent 0 ");
            Kernel.kill(gatun.pidOf("child"), Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(8);
            // The kernel ends whoever is left in the namespace, without asking.
            assertThat(visitor.waitFor()).isEqualTo(128 + Kernel.KILL);
            assertThat(visit.text()).doesNotContain("got");
        }
    }

    private static List<String> visit(long init) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--target", init + "", "--pid"));
        words.addAll(List.of(Python.script("recorder.py", "visitor")));
        return words;
    }
}
