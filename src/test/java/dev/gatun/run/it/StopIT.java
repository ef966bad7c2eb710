package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a request to stop to the end of the whole tree. */
class StopIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ladderGoesFromTheChildToTheGroupToTheTree(boolean asPid1) {
        Gatun run = Gatun.run("-v", "--stop-timeout", "1s")
                .command(Python.script("recorder.py", "leader", "member", "escapee"));
        try (RunningGatun gatun = (asPid1 ? run.asPid1() : run).start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.awaitReady("escapee");
            long start = System.nanoTime();
            gatun.signal(Kernel.TERM);
            gatun.out().await("leader got 15");
            gatun.out().await("member got 15");
            Duration toGroup = since(start);
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
            assertThat(toGroup).isGreaterThan(Duration.ofMillis(490));
            assertThat(since(start)).isGreaterThan(Duration.ofMillis(990));
            assertThat(gatun.out().all("(\\w+ got 15)"))
                    .containsExactlyInAnyOrder("leader got 15", "leader got 15", "member got 15");
        }
    }

    @Test
    void childThatStopsIsNotWaitedForLonger() {
        Gatun run = Gatun.run("--stop-timeout", "10m").command(Python.script("recorder.py", "--end", "15=11", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(11);
        }
    }

    @Test
    void stopSignalTakesThePlaceOfTerm() {
        Gatun run = Gatun.run("--stop-signal", "QUIT", "--stop-timeout", "10m")
                .command(Python.script("recorder.py", "--end", "3=12", "--end", "15=13", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(12);
        }
    }

    @Test
    void groupOptionSendsTheStopSignalToTheGroup() {
        Gatun run = Gatun.run("-g", "--stop-timeout", "10m")
                .command(Python.script("recorder.py", "--end", "15=14", "leader", "member"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(14);
            assertThat(gatun.out().all("(\\w+) got 15")).containsExactlyInAnyOrder("leader", "member");
        }
    }

    @Test
    void drainPutsTheStopSignalOff() {
        Gatun run = Gatun.run("-v", "--drain", "400ms").command(Python.script("recorder.py", "--end", "15=0", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            long start = System.nanoTime();
            gatun.signal(Kernel.TERM);
            // Other signals go on as ever.
            gatun.signal(Kernel.USR1);
            gatun.out().await("got 10");
            assertThat(gatun.await().code()).isZero();
            assertThat(since(start)).isGreaterThan(Duration.ofMillis(390));
            assertThat(gatun.out().all("got (\\d+)")).containsExactly("10", "15");
        }
    }

    @Test
    void secondTermEndsTheDrain() {
        Gatun run = Gatun.run("-v", "--drain", "10m").command(Python.script("recorder.py", "--end", "15=15", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            gatun.err().await("SIGTERM from pid " + Kernel.ownPid());
            assertThat(gatun.out().all("got (\\d+)")).isEmpty();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(15);
            assertThat(gatun.out().all("got (\\d+)")).containsExactly("15");
        }
    }

    @Test
    void childThatEndsDuringTheDrainIsTheEnd() {
        Gatun run = Gatun.run("-v", "--drain", "10m").command(Python.script("recorder.py", "--end", "10=16", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            gatun.err().await("SIGTERM from pid");
            gatun.signal(Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(16);
        }
    }

    /** A stopped process takes no TERM, and a member of its group may be traced or stopped for ever: KILL ends it. */
    @Test
    void stoppedChildIsKilled() {
        Gatun run = Gatun.run("--stop-timeout", "200ms").shell("echo ready $$; kill -STOP $$; echo never");
        try (RunningGatun gatun = run.start()) {
            long child = Long.parseLong(gatun.out().await("ready (\\d+)").group(1));
            Await.until("the stop", () -> Processes.state(child).equals(Optional.of("T")));
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
