package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals on their way from whoever sends them to the child. */
class SignalIT {

    /** TERM is the last, since it begins the stop. */
    private static final List<Integer> FORWARDABLE = forwardable();

    private static List<Integer> forwardable() {
        List<Integer> signals = new ArrayList<>(List.of(
                Kernel.HUP,
                Kernel.INT,
                Kernel.QUIT,
                Kernel.USR1,
                Kernel.USR2,
                Kernel.ALRM,
                Kernel.CONT,
                Kernel.TSTP,
                Kernel.TTIN,
                Kernel.TTOU,
                Kernel.URG,
                Kernel.XCPU,
                Kernel.VTALRM,
                Kernel.WINCH,
                Kernel.IO,
                Kernel.PWR));
        IntStream.rangeClosed(Kernel.RTMIN, Kernel.RTMAX).forEach(signals::add);
        signals.add(Kernel.TERM);
        return signals;
    }

    @Test
    void everyOneReachesTheChildOnceAndIsLoggedWithItsSender() {
        try (RunningGatun gatun = Gatun.run("-v").command(Python.script("recorder.py", "child")).start()) {
            gatun.awaitReady("child");
            for (int signal : FORWARDABLE) {
                gatun.signal(signal);
                gatun.out().await("^child got " + signal + " from " + gatun.pid() + "$");
            }
            gatun.closeInput();
            assertThat(gatun.await().code()).isZero();
            assertThat(gatun.out().all("got (\\d+) from"))
                    .containsExactlyElementsOf(FORWARDABLE.stream().map(String::valueOf).toList());
            assertThat(gatun.err().lines("gatun: forwarding signal .* sender=" + Kernel.ownPid() + " .*"))
                    .hasSameSizeAs(FORWARDABLE);
            assertThat(gatun.err().text())
                    .contains("signal=SIGUSR2 as=SIGUSR2", "signal=SIGRTMIN+3 as=SIGRTMIN+3",
                            "signal=SIGTERM as=SIGTERM");
        }
    }

    /** Real-time signals queue, each with its number, so that every single one has to arrive. */
    @Test
    void burstsOfRealTimeSignalsAreForwardedToTheLast() {
        int rounds = 100;
        try (RunningGatun gatun = Gatun.run().command(Python.script("recorder.py", "child")).start()) {
            gatun.awaitReady("child");
            for (int round = 0; round < rounds; round++) {
                for (int signal = Kernel.RTMIN; signal <= Kernel.RTMAX; signal++) {
                    gatun.signal(signal);
                }
            }
            Await.until("all signals of the burst", () -> gatun.out().all("got (\\d+) from").size() == rounds * 31);
            gatun.closeInput();
            gatun.await();
            List<String> received = gatun.out().all("got (\\d+) from");
            for (int signal = Kernel.RTMIN; signal <= Kernel.RTMAX; signal++) {
                assertThat(Collections.frequency(received, Integer.toString(signal))).isEqualTo(rounds);
            }
        }
    }

    @Test
    void rewritesForwardAnotherOrNone() {
        Gatun run = Gatun.run("-v", "--rewrite", "USR1:USR2", "--rewrite=HUP:0", "--rewrite", "RTMIN+1:QUIT")
                .command(Python.script("recorder.py", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.USR1);
            gatun.out().await("got 12 ");
            gatun.signal(Kernel.HUP);
            gatun.err().await("dropping signal signal=SIGHUP sender=" + Kernel.ownPid());
            gatun.signal(Kernel.RTMIN + 1);
            gatun.out().await("got 3 ");
            gatun.closeInput();
            gatun.await();
            assertThat(gatun.out().all("got (\\d+)")).containsExactly("12", "3");
            assertThat(gatun.err().text()).contains("signal=SIGUSR1 as=SIGUSR2");
        }
    }

    @Test
    void termCanBeRewrittenAndIsAStopAllTheSame() {
        Gatun run = Gatun.run("--rewrite", "TERM:INT", "--stop-timeout", "300ms")
                .command(Python.script("recorder.py", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
            assertThat(gatun.out().all("got (\\d+)")).startsWith("2");
        }
    }

    @Test
    void groupIsReachedWithTheOptionAndTheLeaderAloneWithout() {
        String[] recorders = Python.script("recorder.py", "leader", "member", "escapee");
        try (RunningGatun gatun = Gatun.run("-g").command(recorders).start()) {
            awaitAll(gatun);
            gatun.signal(Kernel.USR1);
            gatun.out().await("leader got 10");
            gatun.out().await("member got 10");
            gatun.closeInput();
            gatun.await();
            assertThat(gatun.out().text()).doesNotContain("escapee got 10");
        }
        try (RunningGatun gatun = Gatun.run().command(recorders).start()) {
            awaitAll(gatun);
            gatun.signal(Kernel.USR1);
            gatun.out().await("leader got 10");
            gatun.closeInput();
            gatun.await();
            assertThat(gatun.out().text()).doesNotContain("member got 10", "escapee got 10");
        }
    }

    private static void awaitAll(RunningGatun gatun) {
        gatun.awaitReady("leader");
        gatun.awaitReady("member");
        gatun.awaitReady("escapee");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pid1ForwardsAsWell(boolean asPid1) {
        Gatun run = Gatun.run("-v").command(Python.script("recorder.py", "--end", "15=21", "child"));
        try (RunningGatun gatun = (asPid1 ? run.asPid1() : run).start()) {
            gatun.awaitReady("child");
            for (int signal : List.of(Kernel.HUP, Kernel.INT, Kernel.QUIT, Kernel.USR2, Kernel.RTMAX, Kernel.TERM)) {
                gatun.signal(signal);
                gatun.out().await("child got " + signal + " from " + (asPid1 ? 1 : gatun.pid()));
            }
            assertThat(gatun.await().code()).isEqualTo(21);
            // A sender outside of the PID namespace has no number in it.
            assertThat(gatun.err().lines(".*sender=" + (asPid1 ? 0 : Kernel.ownPid()) + " .*")).hasSize(6);
        }
    }

    /** The mask is in place before the JVM is; a request during its start waits for the child. */
    @Test
    void stopRequestDuringTheStartIsNotLost() {
        try (RunningGatun gatun =
                Gatun.run().command(Python.script("recorder.py", "--end", "15=22", "child")).start()) {
            Await.until("the mask", () -> Processes.hasSignal(gatun.pid(), "SigBlk", Kernel.TERM));
            gatun.signal(Kernel.TERM);
            // Either the recorder got it, or it was too fast for it and ended Python on its way.
            assertThat(gatun.await().code()).isIn(22, 128 + Kernel.TERM);
        }
    }

    @Test
    void jsonLogHasFieldsOfTheirTypes() {
        try (RunningGatun gatun =
                Gatun.run("-v", "--log-format", "json").command(Python.script("recorder.py", "child")).start()) {
            long child = gatun.awaitReady("child");
            gatun.signal(Kernel.USR1);
            gatun.out().await("got 10");
            gatun.closeInput();
            Gatun.Ended ended = gatun.await();
            assertThat(ended.err().lines())
                    .allMatch(line -> line.matches("\\{\"time\":\"[^\"]+Z\",\"level\":\"info\",.*}"));
            assertThat(ended.err())
                    .contains("\"message\":\"forwarding signal\",\"signal\":\"SIGUSR1\",\"as\":\"SIGUSR1\",\"sender\":"
                            + Kernel.ownPid() + ",\"pid\":" + child + ",\"target\":\"leader\"");
        }
    }
}
