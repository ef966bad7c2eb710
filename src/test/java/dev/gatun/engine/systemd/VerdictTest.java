package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of("queued", States.state("loaded", "inactive", "dead", "success", 0, 0, true, 0),
                        new Verdict.Wait()),
                Arguments.of("before the exec", States.state("loaded", "activating", "start", "success", 0, 0, true, 0),
                        new Verdict.Wait()),
                Arguments.of("running", States.state("loaded", "active", "running", "success", 0, 0, false, 1),
                        new Verdict.Runs()),
                Arguments.of("what is left is being ended",
                        States.state("loaded", "deactivating", "stop-sigterm", "success", 1, 0, false, 1),
                        new Verdict.Runs()),
                Arguments.of("to be remembered", States.state("loaded", "active", "exited", "success", 1, 0, false, 1),
                        new Verdict.LeftBehind()),
                Arguments.of("over", States.ended("exit-code", 1, 3), new Verdict.Over()),
                Arguments.of("over before it was seen active",
                        States.state("loaded", "failed", "failed", "exit-code", 1, 3, false, 0), new Verdict.Over()),
                Arguments.of("not executed",
                        States.state("loaded", "failed", "failed", "exit-code", 1, 203, false, 0),
                        new Verdict.NotStarted("systemd did not execute the program: it cannot be executed"
                                + " (status 203 of systemd.exec(5))")),
                Arguments.of("too late", States.state("loaded", "failed", "failed", "timeout", 0, 0, false, 0),
                        new Verdict.NotStarted("systemd did not execute the program: it was not executed in time")),
                Arguments.of("unknown to the manager",
                        States.state("not-found", "inactive", "dead", "success", 0, 0, false, 0),
                        new Verdict.Vanished()),
                Arguments.of("without its file, and running",
                        States.state("not-found", "active", "running", "success", 0, 0, false, 1), new Verdict.Runs()),
                Arguments.of("without its file, and over",
                        States.state("not-found", "failed", "failed", "exit-code", 1, 6, false, 1),
                        new Verdict.Over()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void followsFromTheState(String what, UnitState state, Verdict expected) {
        assertThat(Verdict.of(state)).isEqualTo(expected);
    }
}
