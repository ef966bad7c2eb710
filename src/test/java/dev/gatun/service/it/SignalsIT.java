package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals on their way to the service. */
class SignalsIT {

    @TempDir
    private Path folder;

    /** It ends when its standard input does, which is ours. */
    private Dist recorder(List<String> words, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        all.add("streams: {stdin: inherit}");
        return Dist.command(folder, List.of(Python.script("recorder.py", words.toArray(String[]::new))),
                all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {Kernel.HUP, Kernel.INT, Kernel.QUIT, Kernel.USR1, Kernel.USR2, Kernel.WINCH, Kernel.CONT,
        Kernel.ALRM, Kernel.PWR, Kernel.RTMIN, Kernel.RTMAX})
    void signalIsForwarded(int signal) {
        try (RunningGatun gatun = recorder(List.of("--end", signal + "=7", "child")).service().start()) {
            gatun.awaitReady("child");
            gatun.signal(signal);
            assertThat(gatun.await().code()).isEqualTo(7);
            assertThat(gatun.out().all("child got (\\d+) from " + gatun.pid()))
                    .containsExactly(Integer.toString(signal));
        }
    }

    @Test
    void signalsGoToTheLeaderAlone() {
        try (RunningGatun gatun = recorder(List.of("--end", "12=0", "leader", "member"), "stopTimeoutSeconds: 0.5")
                .service().start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.signal(Kernel.USR1);
            gatun.signal(Kernel.USR2);
            assertThat(gatun.await().code()).isZero();
            // At the end the rest is told to go: by TERM, and by KILL as a recorder takes no notice of that.
            assertThat(gatun.out().all("(\\w+ got 1[02])")).containsExactly("leader got 10", "leader got 12");
        }
    }

    @Test
    void signalsGoToTheGroupWhereItIsAskedFor() {
        Dist dist = recorder(List.of("--end", "12=0", "leader", "member"), "signalScope: group");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.signal(Kernel.USR1);
            gatun.out().await("leader got 10");
            gatun.out().await("member got 10");
            gatun.signal(Kernel.USR2);
            assertThat(gatun.await().code()).isZero();
            assertThat(gatun.out().all("(\\w+ got 1[02])")).containsExactlyInAnyOrder(
                    "leader got 10", "member got 10", "leader got 12", "member got 12");
        }
    }

    @Test
    void stopOfTheTerminalStopsBothAndBothGoOn() {
        try (RunningGatun gatun = recorder(List.of("--end", "15=0", "child")).service().start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TSTP);
            gatun.out().await("child got 20");
            Await.until("the launcher's stop", () -> Processes.state(gatun.pid()).equals(Optional.of("T")));
            gatun.signal(Kernel.CONT);
            gatun.out().await("child got 18");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void noTimeToStopIsAKillAtOnce() {
        try (RunningGatun gatun = recorder(List.of("leader", "member"), "stopTimeoutSeconds: 0").service().start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(137);
        }
    }

    @Test
    void stopBetweenTwoStartsIsTheEnd() {
        Dist dist = Dist.shell(folder, "echo here; exit 5",
                "restart: {policy: always, backoffMinSeconds: 3600, backoffMaxSeconds: 3600}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("backing_off");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(5);
        }
    }

    @Test
    void termIsForwardedAsTheStopSignal() {
        Dist dist = recorder(List.of("--end", "3=5", "child"), "stopSignal: QUIT");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(5);
        }
    }

    @Test
    void whoDoesNotEndIsKilledWithItsWholeTree() {
        Dist dist = recorder(List.of("leader", "member", "escapee"), "stopTimeoutSeconds: 0.3");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.awaitReady("escapee");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(128 + Kernel.KILL);
            assertThat(gatun.out().text()).contains("leader got 15");
        }
    }

    @Test
    void whatTheServiceLeavesBehindEndsWithIt() {
        Dist dist = recorder(List.of("--end", "10=3", "leader", "member", "escapee"), "stopTimeoutSeconds: 0.3");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.awaitReady("leader");
            gatun.awaitReady("member");
            gatun.awaitReady("escapee");
            gatun.signal(Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(3);
        }
    }

    /** Whoever looks at the pid file and sends at once must not be able to hit a launcher that does not listen yet. */
    @Test
    void termThatComesAtOnceEndsTheServiceAsWell() {
        Dist dist = recorder(List.of("--end", "15=0", "child"));
        try (RunningGatun gatun = dist.service().start()) {
            Await.until("Gatun's own signal mask", () -> Processes.hasSignal(
                    gatun.pid(), "SigBlk", Kernel.TERM));
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isIn(0, 128 + Kernel.TERM);
        }
    }

    @Test
    void pid1IsAServiceToo() {
        Environment.assumeRoot();
        Dist dist = recorder(List.of("--end", "15=4", "child", "escapee"));
        try (RunningGatun gatun = dist.service().asPid1().start()) {
            gatun.awaitReady("child");
            gatun.awaitReady("escapee");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(4);
        }
    }
}
