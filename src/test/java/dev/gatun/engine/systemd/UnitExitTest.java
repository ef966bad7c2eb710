package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcExit.Exited;
import dev.gatun.process.ProcExit.Failed;
import dev.gatun.process.ProcExit.Signalled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnitExitTest {

    private static final Optional<List<String>> TAIL = Optional.of(List.of("last words"));

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("success", 1, 0, new Exited(0, TAIL)),
                Arguments.of("exit-code", 1, 7, new Exited(7, TAIL)),
                Arguments.of("exit-code", 1, 203, new Exited(203, TAIL)),
                Arguments.of("success", 2, 15, new Signalled(15, false, TAIL)),
                Arguments.of("signal", 2, 9, new Signalled(9, false, TAIL)),
                Arguments.of("core-dump", 3, 11, new Signalled(11, true, TAIL)),
                Arguments.of("oom-kill", 2, 9, new Signalled(9, false, "systemd oom-kill", TAIL)),
                Arguments.of("oom-kill", 1, 137, new Signalled(9, false, "systemd oom-kill", TAIL)),
                Arguments.of("exit-code", 0, 4, new Exited(4, TAIL)),
                Arguments.of("signal", 0, 6, new Signalled(6, false, TAIL)),
                Arguments.of("core-dump", 0, 6, new Signalled(6, true, TAIL)),
                Arguments.of("exit-code", 0, 0, unknown("exit-code")),
                Arguments.of("success", 0, 0, unknown("success")),
                Arguments.of("protocol", 0, 0, unknown("protocol")));
    }

    private static Failed unknown(String result) {
        return new Failed("systemd does not know how the process ended, its result is \"" + result + "\"", TAIL);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void isWhatTheManagerKnows(String result, int code, int status, ProcExit expected) {
        assertThat(UnitExit.of(States.ended(result, code, status), TAIL)).isEqualTo(expected);
    }
}
