package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules by tables. In a script {@code +} is a success, {@code -} a failure and {@code |} the end of the startup time;
 * what comes of it is {@code R} for ready, {@code N} for not ready, and a dot for nothing.
 */
class TallyTest {

    private static ProbeSchedule schedule(Duration startup, int successThreshold, int failureThreshold) {
        Duration second = Duration.ofSeconds(1);
        return new ProbeSchedule(Duration.ZERO, second, second, startup, successThreshold, failureThreshold, 0);
    }

    private static String run(String script, ProbeSchedule schedule) {
        StringBuilder told = new StringBuilder();
        Tally tally = Tally.atStart(schedule);
        for (char c : script.toCharArray()) {
            Tally.Ruling ruling = switch (c) {
                case '+' -> tally.on(CheckResult.succeeded(), schedule);
                case '-' -> tally.on(CheckResult.failed("no"), schedule);
                default -> tally.startupOver(schedule);
            };
            tally = ruling.next();
            told.append(ruling.verdict().map(verdict -> verdict instanceof Verdict.Ready ? "R" : "N").orElse("."));
        }
        return told.toString();
    }

    @ParameterizedTest
    @CsvSource({
        // successes and failures in a row, script, told
        "1, 1, +, R",
        "1, 1, -, N",
        "1, 1, +++---+-, R..N..RN",
        "3, 1, ++++++, ..R...",
        "3, 1, ++-++-+++, ..N.....R",
        "1, 3, ---, ..N",
        "1, 3, ------, ..N...",
        "1, 3, +--+--+---, R........N",
        "1, 3, ---+, ..NR",
        "2, 2, ++-+-+--, .R.....N",
        "2, 2, --+-+-++, .N.....R",
    })
    void thresholdsAreForAnswersInARow(int successes, int failures, String script, String told) {
        assertThat(run(script, schedule(Duration.ZERO, successes, failures))).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, -----, .....",
        "1, 2, -----|, .....N",
        "1, 2, |, N",
        "1, 2, ---|----, ...N....",
        "1, 2, ---|-+--, ...N.R.N",
        // Ready once: the startup time is over, though its end is still to come.
        "1, 2, --+--|, ..R.N.",
        "1, 2, +|--, R..N",
        "3, 1, ++|+, ..NR",
        "3, 1, ++-++|, .....N",
    })
    void failuresAtTheStartDoNotCount(int successes, int failures, String script, String told) {
        assertThat(run(script, schedule(Duration.ofSeconds(30), successes, failures))).isEqualTo(told);
    }

    private static String reason(Tally.Ruling ruling) {
        return ((Verdict.NotReady) ruling.verdict().orElseThrow()).reason();
    }

    @Test
    void theReasonIsTheLastOne() {
        ProbeSchedule once = schedule(Duration.ZERO, 1, 1);
        assertThat(reason(Tally.atStart(once).on(CheckResult.failed("first"), once))).isEqualTo("first");
        ProbeSchedule twice = schedule(Duration.ZERO, 1, 2);
        Tally tally = Tally.atStart(twice).on(CheckResult.failed("first"), twice).next();
        assertThat(reason(tally.on(CheckResult.failed("second"), twice))).isEqualTo("second (2 failures in a row)");
    }

    @Test
    void aStartThatTakesTooLongSaysHowLongAndWhy() {
        ProbeSchedule schedule = schedule(Duration.ofSeconds(30), 1, 1);
        Tally tally = Tally.atStart(schedule);
        assertThat(reason(tally.startupOver(schedule))).isEqualTo("failed to become ready within 30 s");
        tally = tally.on(CheckResult.failed("GET http://127.0.0.1:1/: 503"), schedule).next();
        assertThat(reason(tally.startupOver(schedule)))
                .isEqualTo("failed to become ready within 30 s: GET http://127.0.0.1:1/: 503");
    }

    @Test
    void pausesAreCountedFromTheBeginningOfAnAttempt() {
        ProbeSchedule schedule = new ProbeSchedule(
                Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ZERO, 1, 1, 20);
        long second = Duration.ofSeconds(1).toNanos();
        assertThat(schedule.pause(0, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(schedule.pause(3 * second, 0)).isEqualTo(Duration.ofSeconds(7));
        assertThat(schedule.pause(0, 0.5)).isEqualTo(Duration.ofSeconds(11));
        assertThat(schedule.pause(30 * second, 0.5)).isEqualTo(Duration.ZERO);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ProbeSchedule(second, Duration.ZERO, second, second, 1, 1, 0))
                .hasMessage("the interval of a probe is at least 1 ms, not 0 s");
        assertThatThrownBy(() -> new ProbeSchedule(second, second, Duration.ZERO, second, 1, 1, 0))
                .hasMessage("the timeout of a probe is at least 1 ms, not 0 s");
        assertThatThrownBy(() -> new ProbeSchedule(second.negated(), second, second, second, 1, 1, 0))
                .hasMessage("the initial delay of a probe is at least 0 s, not -1 s");
        assertThatThrownBy(() -> schedule(Duration.ZERO, 0, 1))
                .hasMessage("the success threshold of a probe is in 1..2147483647, not 0");
        assertThatThrownBy(() -> new ProbeSchedule(second, second, second, second, 1, 1, 101))
                .hasMessage("the jitter in percent of a probe is in 0..100, not 101");
    }
}
