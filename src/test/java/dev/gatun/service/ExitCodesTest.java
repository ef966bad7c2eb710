package dev.gatun.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Outcome;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodesTest {
    private static final ExitStatus TERM = new ExitStatus.Signal(15, false);
    private static final ExitStatus ZERO = new ExitStatus.Code(0);
    private static final ExitStatus SEVEN = new ExitStatus.Code(7);

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of(new Outcome.ExitedNormally(0), 0, 0),
                Arguments.of(new Outcome.ExitedNormally(44), 44, 44),
                Arguments.of(new Outcome.Signalled(9, false), 137, 255),
                Arguments.of(new Outcome.Signalled(15, false), 143, 255),
                Arguments.of(new Outcome.OomKilled("oom_kill 0 -> 1"), 137, 255),
                Arguments.of(new Outcome.Stopped(TERM, false), 143, 255),
                Arguments.of(new Outcome.Stopped(ZERO, false), 0, 0),
                Arguments.of(new Outcome.WatchdogKilled(2, 1, TERM), 143, 255),
                // The older launchers answered 0 here, and nobody saw that the service had been killed.
                Arguments.of(new Outcome.WatchdogKilled(2, 1, ZERO), 137, 137),
                Arguments.of(new Outcome.WatchdogKilled(2, 1, SEVEN), 7, 7),
                Arguments.of(new Outcome.StartTimeout(Duration.ofSeconds(1)), 124, 124));
    }

    @ParameterizedTest(name = "{0}: {1}, legacy {2}")
    @MethodSource("ends")
    void followTheEnd(Outcome outcome, int code, int legacyCode) {
        assertThat(ExitCodes.of(outcome, false)).isEqualTo(code);
        assertThat(ExitCodes.of(outcome, true)).isEqualTo(legacyCode);
    }
}
