package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProcStateTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:47.9Z");
    private static final Instant STARTED = NOW.minusMillis(42_900);
    private static final Optional<List<String>> TAIL = Optional.of(List.of("x"));

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(new ProcState.Starting(), "Starting", false),
                Arguments.of(new ProcState.Running(STARTED), "Running up 42s", false),
                Arguments.of(new ProcState.Running(NOW.plusSeconds(9)), "Running up 0s", false),
                Arguments.of(new ProcState.Ready(STARTED, "unix!@a"), "Ready at unix!@a up 42s", false),
                Arguments.of(new ProcState.Stopping(Optional.of(STARTED)), "Stopping up 42s", false),
                Arguments.of(new ProcState.Stopping(Optional.empty()), "Stopping", false),
                Arguments.of(new ProcState.Stopped(7, TAIL), "Stopped(exit=7)", true),
                Arguments.of(new ProcState.Killed(9, true, TAIL), "Killed(sig=9, core)", true),
                Arguments.of(new ProcState.Killed(9, false, TAIL), "Killed(sig=9)", true),
                Arguments.of(new ProcState.Failed("no image", TAIL), "Failed(no image)", true));
    }

    @ParameterizedTest
    @MethodSource("states")
    void isShownAs(ProcState state, String text, boolean isTerminal) {
        assertThat(state.describe(NOW)).isEqualTo(text);
        assertThat(state.isTerminal()).isEqualTo(isTerminal);
    }
}
