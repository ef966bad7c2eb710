package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {

    @ParameterizedTest
    @CsvSource({
        "busybox, busybox:latest",
        "busybox:1, busybox:1",
        "host:5000/busybox, host:5000/busybox:latest",
        "host:5000/busybox:1, host:5000/busybox:1",
        "busybox@sha256:0f, busybox@sha256:0f"})
    void oneImageIsPulledAndNotAllOfItsName(String image, String pulled) {
        assertThat(Engine.tagged(image)).isEqualTo(pulled);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1.5S, 2", "P100000D, 2147483647"})
    void aGraceIsRatherTooLong(Duration grace, int seconds) {
        assertThat(Engine.wholeSeconds(grace)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        // status, runs, has ended, was never started, is being removed
        "running,    true,  false, false, false",
        "paused,     true,  false, false, false",
        "stopping,   true,  false, false, false",
        "exited,     false, true,  false, false",
        "stopped,    false, true,  false, false",
        "created,    false, false, true,  false",
        "removing,   false, false, false, true",
        "dead,       false, false, false, true",
        "unheard-of, false, false, false, false"})
    void aStateHasOneMeaning(
            String status, boolean runs, boolean hasEnded, boolean isUnstarted, boolean isBeingRemoved) {
        ContainerState state =
                new ContainerState("id", Map.of(), status, 0, 0, false, Instant.EPOCH, Optional.empty());
        assertThat(state.isRunning()).isEqualTo(runs);
        assertThat(state.hasEnded()).isEqualTo(hasEnded);
        assertThat(state.isUnstarted()).isEqualTo(isUnstarted);
        assertThat(state.isBeingRemoved()).isEqualTo(isBeingRemoved);
    }
}
