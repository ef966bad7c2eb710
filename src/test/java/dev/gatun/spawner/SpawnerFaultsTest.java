package dev.gatun.spawner;

import static dev.gatun.spawner.FakeSpawner.WEB;
import static dev.gatun.spawner.FakeSpawner.failure;
import static dev.gatun.spawner.FakeSpawner.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.Stdio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table "Deadlines and faults" of docs/spawner-protocol.md, and whatever else a spawner may do, over real pipes. */
@ExtendWith(NoFdLeak.class)
class SpawnerFaultsTest {

    private static final ProcId OTHER = new ProcId("other");
    private static final String PORT_CLOSED = "exit port closed (spawner crashed or forgot to send)";

    @TempDir
    private Path folder;

    private String withState() {
        return "plain " + folder.resolve("state");
    }

    /** Whatever it was: the spawner, or the one that took its place, goes on launching. */
    private static void assertThatItGoesOn(FakeSpawner spawner) {
        ProcId id = new ProcId("afterwards");
        spawner.await("a launch that works", () -> {
            try {
                return get(spawner.launch(id, "exit:6").exit()).describe().equals("exit code 6");
            } catch (CompletionException notYet) {
                return false;
            }
        });
    }

    // hello

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrong-cookie  | hello: answered with another cookie than SPAWNER_COOKIE has
            wrong-version | hello: the spawner speaks version [2] of the protocol, not 1
            hello-error   | hello: no licence (internal)
            hello-missing | hello: the answer is not understood: missing field version
            slow-hello    | hello: not answered within 500 ms
            """)
    void aWrongHelloIsNoConnection(String scenario, String reason) {
        assertThatThrownBy(() -> FakeSpawner.connected(scenario,
                scenario.equals("slow-hello") ? "hello-timeout=500ms" : "hello-timeout=9s"))
                .hasMessage("launcher error: no connection to the spawner: " + reason);
    }

    @Test
    void afterAWrongHelloAnotherOneIsStarted() {
        try (FakeSpawner spawner = FakeSpawner.started("wrong-cookie")) {
            spawner.await("three starts",
                    () -> spawner.log.stream().filter(line -> line.contains("got hello")).count() >= 3);
            assertThat(spawner.launchFailure("ok"))
                    .startsWith("launch failed: there is no connection to the spawner: ");
        }
    }

    @Test
    void oneThatDiesAtOnceIsStartedLaterAndLater() {
        try (FakeSpawner spawner = FakeSpawner.started("dies")) {
            spawner.awaitLog("5th failure in a row (exit code 4)");
            assertThat(spawner.launchFailure("ok"))
                    .startsWith("launch failed: there is no connection to the spawner: ");
        }
        assertThatThrownBy(() -> FakeSpawner.connected("dies"))
                .hasMessage("launcher error: no connection to the spawner: exit code 4");
    }

    // launch

    @Test
    void aRefusalIsNamed() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.launchFailure("refused")).isEqualTo("launch failed: not today (refused)");
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aLaunchThatIsNotAnsweredHasFailedAndIsKilled() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain", "ack-timeout=300ms")) {
            assertThat(spawner.launchFailure("silent")).isEqualTo("launch failed: not answered within 300 ms");
            spawner.awaitLog("got kill web");
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aReplyWithoutAHandleHasFailedAndIsKilled() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.launchFailure("bad-reply"))
                    .isEqualTo("launch failed: the answer is not understood: missing field handle");
            spawner.awaitLog("got kill web");
        }
    }

    @Test
    void aLaunchThatNeitherStartsNorEndsHasFailedAndIsKilled() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain", "start-timeout=300ms")) {
            assertThat(spawner.launchFailure("accepted-only"))
                    .isEqualTo("launch failed: neither started nor ended within 300 ms");
            spawner.awaitLog("got kill web");
            assertThatItGoesOn(spawner);
            assertThat(spawner.faults(Fault.UNKNOWN_GENERATION)).isZero();
        }
    }

    @Test
    void eventsBeforeTheReplyWaitForIt() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched ended = spawner.launch("exit-before-reply");
            assertThat(ended.handle()).endsWith(":h-web");
            assertThat(get(ended.exit()).describe()).isEqualTo("exit code 5");
            assertThat(spawner.launch("started-before-reply").address()).contains("addr:1");
            assertThat(spawner.faults(Fault.EARLY_EVENT)).isEqualTo(2);
        }
    }

    // what it says of processes

    @ParameterizedTest
    @ValueSource(strings = {"exit_code", "signal", "core_dumped", "failed_reason", "stderr_tail"})
    void anExitThatLacksAFieldIsAFailure(String field) {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.exitOf("missing:" + field)).isEqualTo(new ProcExit.Failed(
                    "failed to decode exit result: launcher error: "
                            + "ProcExitResult must be a ProcExitResult dataclass; missing attribute " + field));
            assertThat(spawner.exitOf("mistyped:" + field).describe())
                    .startsWith("failed to decode exit result: launcher error: extract " + field + ": expected ");
        }
    }

    @Test
    void theFirstOfTwoExitsHolds() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.exitOf("two-exits").describe()).isEqualTo("exit code 1");
            spawner.await("the count", () -> spawner.faults(Fault.SECOND_EXIT) == 1);
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aSecondStartedIsCounted() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(spawner.exitOf("two-started").describe()).isEqualTo("exit code 0");
            assertThat(spawner.faults(Fault.SECOND_STARTED)).isEqualTo(1);
        }
    }

    @Test
    void gapsAndRepetitionsInTheNumbersAreCounted() throws IOException {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched =
                    get(spawner.launcher.launch(WEB, LaunchOptions.builder("seq").wantsOutput(true).build()));
            assertThat(get(launched.exit()).describe()).isEqualTo("exit code 0");
            assertThat(spawner.faults(Fault.SEQUENCE)).isEqualTo(2);
            byte[] output = ((Stdio.Captured) launched.stdio()).stdout().stream().readAllBytes();
            assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo("after a gap\nrepeated\n");
        }
    }

    @Test
    void eventsOfOtherGenerationsAreCountedAndConcernNobody() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = spawner.launch("other-generations");
            assertThat(spawner.faults(Fault.UNKNOWN_GENERATION)).isEqualTo(2);
            assertThat(launched.exit().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void repliesToNothingAndEventsOfAnotherVersionAreCounted() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.launch("unknown-ids");
            assertThat(spawner.faults(Fault.UNASKED_REPLY)).isEqualTo(1);
            assertThat(spawner.faults(Fault.UNREADABLE_REQUEST)).isEqualTo(1);
            assertThat(spawner.faults(Fault.UNKNOWN_EVENT)).isEqualTo(1);
        }
    }

    // lines

    @Test
    void junkIsSkipped() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.launch("junk");
            assertThat(spawner.faults(Fault.JUNK_LINE)).isEqualTo(3);
        }
    }

    @Test
    void aLineThatIsTooLongIsSkipped() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.launch("oversize");
            assertThat(spawner.faults(Fault.OVERSIZE_LINE)).isEqualTo(1);
        }
    }

    @Test
    void aFloodOfJunkEndsTheConnection() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            // The reply stands before the junk, so the launch is one of the spawner that is lost and forgets.
            Launched launched = spawner.launch("junk-flood");
            assertThat(get(launched.exit()).describe()).isEqualTo("lost by spawner");
            assertThat(spawner.faults(Fault.JUNK_LINE)).isEqualTo(100);
            spawner.awaitLog("connection lost: 100 lines in a row that are no message");
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aFloodOfOutputIsBounded() throws IOException {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = get(spawner.launcher.launch(
                    WEB, LaunchOptions.builder("log-flood").wantsOutput(true).build()));
            assertThat(get(launched.exit()).describe()).isEqualTo("exit code 0");
            byte[] kept = ((Stdio.Captured) launched.stdio()).stdout().stream().readAllBytes();
            // What made it full, and the notice, come on top.
            assertThat(kept.length).isLessThanOrEqualTo((1 << 16) + (1 << 13));
            assertThat(new String(kept, StandardCharsets.UTF_8)).contains(" LINES LOST]");
        }
    }

    @Test
    void aFloodInTheLogOfTheSpawnerIsBounded() {
        List<String> log;
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            log = spawner.log;
            assertThat(spawner.exitOf("stderr-flood").describe()).isEqualTo("exit code 0");
            assertThatItGoesOn(spawner);
        }
        assertThat(log).anyMatch(line -> line.endsWith("lines of its log left out"));
        assertThat(log.stream().filter(line -> line.contains("noise")).count()).isLessThan(2000);
    }

    // ends

    @ParameterizedTest
    @ValueSource(strings = {"crash", "crash-before-reply"})
    void aCrashInTheMiddleOfALaunch(String program) {
        try (FakeSpawner spawner = FakeSpawner.connected("no-recover")) {
            if (program.equals("crash")) {
                assertThat(spawner.exitOf(program).describe()).isEqualTo(PORT_CLOSED);
            } else {
                assertThat(spawner.launchFailure(program)).isEqualTo(
                        "launch failed: the connection to the spawner was lost: exit code 3");
            }
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void whereTheSpawnerCannotRecoverItsProcessesHaveFailedAtOnce() {
        try (FakeSpawner spawner = FakeSpawner.connected("no-recover")) {
            Launched other = spawner.launch(OTHER, "ok");
            Launched launched = spawner.launch("crash-later");
            assertThat(get(launched.exit()).describe()).isEqualTo(PORT_CLOSED);
            assertThat(get(other.exit()).describe()).isEqualTo(PORT_CLOSED);
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aSpawnerThatComesBackIsAskedForItsProcesses() {
        try (FakeSpawner spawner = FakeSpawner.connected(withState())) {
            Launched other = spawner.launch(OTHER, "ok");
            spawner.launch("crash-later");
            spawner.awaitLog("got recover other");
            get(spawner.launcher.kill(OTHER));
            assertThat(get(other.exit()).describe()).isEqualTo("SIGKILL (9)");
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aLaunchThatWasAcceptedIsRecoveredAsWell() {
        try (FakeSpawner spawner = FakeSpawner.connected(withState())) {
            assertThat(spawner.launch("crash").address()).isEmpty();
        }
    }

    @Test
    void anExitThatNobodyHeardFollows() {
        try (FakeSpawner spawner = FakeSpawner.connected(withState())) {
            assertThat(spawner.exitOf("exit-unheard").describe()).isEqualTo("exit code 7");
        }
    }

    @Test
    void aProcessThatTheSpawnerHasForgottenIsLost() {
        try (FakeSpawner spawner = FakeSpawner.connected(withState())) {
            assertThat(spawner.exitOf("forget")).isEqualTo(new ProcExit.Failed("lost by spawner"));
        }
    }

    @Test
    void afterTheWindowProcessesHaveFailed() {
        try (FakeSpawner spawner = FakeSpawner.connected("recover-error", "reconnect-window=300ms")) {
            Launched other = spawner.launch(OTHER, "ok");
            Launched launched = spawner.launch("crash-later");
            assertThat(get(launched.exit()).describe()).isEqualTo(PORT_CLOSED);
            assertThat(get(other.exit()).describe()).isEqualTo(PORT_CLOSED);
        }
    }

    @Test
    void closedOutputIsTheEndOfTheConnection() {
        try (FakeSpawner spawner = FakeSpawner.connected(withState())) {
            spawner.launch("close-stdout");
            spawner.awaitLog("connection lost: it closed its standard output");
            spawner.awaitLog("got recover web");
            assertThatItGoesOn(spawner);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mute", "deaf"})
    void threePingsWithoutAnAnswerAreTheEndOfTheConnection(String program) {
        try (FakeSpawner spawner = FakeSpawner.connected(withState(), "ping-period=100ms")) {
            spawner.launch(program);
            spawner.awaitLog("connection lost: 3 pings in a row were not answered");
            assertThatItGoesOn(spawner);
        }
    }

    @Test
    void aSpawnerThatNeverReadsTakesNoMemory() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.launch("deaf");
            List<CompletionStage<Launched>> launches = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                launches.add(spawner.launcher.launch(
                        new ProcId("p" + i), LaunchOptions.builder("ok", "x".repeat(500_000)).build()));
            }
            spawner.awaitLog("connection lost: the spawner does not read: ");
            launches.forEach(launch -> assertThat(failure(launch)).startsWith("launch failed: the"));
            assertThatItGoesOn(spawner);
        }
    }

    // stops

    @Test
    void withoutAnExitInTimeAProcessIsKilled() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            Launched launched = spawner.launch("stubborn-term");
            get(spawner.launcher.terminate(WEB, Duration.ofMillis(200)));
            assertThat(get(launched.exit()).describe()).isEqualTo("SIGKILL (9)");
        }
    }

    @Test
    void aKillWithoutAnExitIsRepeatedAndTheProcessStaysVisible() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain", "kill-timeout=200ms")) {
            Launched launched = spawner.launch("stubborn");
            get(spawner.launcher.kill(WEB));
            assertThat(get(launched.exit())).isEqualTo(new ProcExit.Failed("kill not confirmed"));
            assertThat(get(spawner.launcher.list())).hasSize(1);
            assertThat(spawner.launchFailure("ok")).isEqualTo("launch failed: the process web has not ended");
            spawner.await("four kills",
                    () -> spawner.log.stream().filter(line -> line.contains("got kill web")).count() >= 4);
        }
    }

    @Test
    void aStopThatIsNotAcknowledgedHasFailed() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain", "ack-timeout=300ms")) {
            spawner.launch("stop-silent");
            assertThat(failure(spawner.launcher.terminate(WEB, Duration.ofSeconds(9))))
                    .startsWith("terminate failed: not a");
            assertThat(failure(spawner.launcher.kill(WEB))).startsWith("kill failed: not a");
        }
    }

    @Test
    void aStopThatIsRefusedHasFailed() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            spawner.launch("stop-error");
            assertThat(failure(spawner.launcher.terminate(WEB, Duration.ofSeconds(9))))
                    .isEqualTo("terminate failed: cannot (internal)");
            assertThat(failure(spawner.launcher.kill(WEB))).isEqualTo("kill failed: cannot (internal)");
        }
    }

    @Test
    void aRequestThatIsTooLongIsNotSent() {
        try (FakeSpawner spawner = FakeSpawner.connected("plain")) {
            assertThat(failure(spawner.launcher.launch(WEB, LaunchOptions.builder("ok", "x".repeat(1 << 20)).build())))
                    .startsWith("launch failed: the request has ");
            assertThatItGoesOn(spawner);
        }
    }
}
