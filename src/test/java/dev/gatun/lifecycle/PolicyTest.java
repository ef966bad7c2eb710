package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        () -> StopLadder.DEFAULT.withDrain(Duration.ofSeconds(-1)),
                        "drain must be at least 0 ms, not PT-1S"),
                refusal(
                        () -> StopLadder.DEFAULT.withTimeout(Duration.ofDays(366)),
                        "stop timeout must be at most 365 days, not PT8784H"),
                refusal(
                        () -> StopLadder.DEFAULT.withKillConfirm(Duration.ZERO),
                        "kill confirmation must be at least 1 ms, not 0 ms"),
                refusal(() -> StopLadder.DEFAULT.withSignal(65), "signal must be in 1..64, not 65"),
                refusal(
                        () -> StopLadder.none().withDrain(Duration.ofSeconds(1)),
                        "a ladder that only forwards signals cannot drain"),
                refusal(
                        () -> Backoff.of(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                        "back-off minimum 2 s is above the maximum 1 s"),
                refusal(
                        () -> Backoff.of(Duration.ZERO, Duration.ofSeconds(1)),
                        "back-off minimum must be at least 1 ms, not 0 ms"),
                refusal(
                        () -> RestartPolicy.always().withMaxRestarts(-1),
                        "max restarts must not be negative, not -1"),
                refusal(
                        () -> new BreakerPolicy(-1, Duration.ZERO), "breaker failures must not be negative, not -1"),
                refusal(
                        () -> Policy.DEFAULT.withStop(StopLadder.none()).withRest(Rest.END),
                        "ending the rest needs a stop ladder, and this one only forwards signals"),
                refusal(
                        () -> Policy.DEFAULT.withStop(StopLadder.none()).withProbes(true),
                        "probes and a start timeout need a stop ladder, and this one only forwards signals"),
                refusal(() -> new Moment(0, 1.0), "random must be in [0, 1), not 1.0"),
                refusal(() -> new Event.Spawned(-1), "pid must not be negative: -1"),
                refusal(() -> new ExitStatus.Code(256), "exit code must be in 0..255, not 256"));
    }

    private static Arguments refusal(ThrowingCallable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesInOneSentence(ThrowingCallable call, String message) {
        assertThatCode(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void resetNeedsAtLeastTenSecondsOrTheLongestDelay() {
        assertThat(Backoff.of(Duration.ofMillis(1), Duration.ofSeconds(1)).resetAfter())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(Backoff.DEFAULT.resetAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.99, 500", "1, 0, 500", "1, 0.5, 750", "2, 0.5, 1250", "6, 0.5, 15250", "2147483647, 0.5, 15250"})
    void delayDoublesItsRangeUpToTheCap(int failures, double random, long millis) {
        assertThat(Backoff.DEFAULT.delayNanos(failures, random)).isEqualTo(Duration.ofMillis(millis).toNanos());
    }

    @Property
    void delayIsNeverOutsideItsBounds(
            @ForAll @LongRange(min = 1, max = 86_400_000) long minMillis,
            @ForAll @LongRange(max = 31_000_000_000L) long moreMillis,
            @ForAll @IntRange(max = Integer.MAX_VALUE) int failures,
            @ForAll @DoubleRange(max = 1.0, maxIncluded = false) double random) {
        Duration min = Duration.ofMillis(minMillis);
        Duration max = min.plusMillis(moreMillis);
        assertThat(Backoff.of(min, max).delayNanos(failures, random)).isBetween(min.toNanos(), max.toNanos());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms", "999, 999 ms", "1000, 1 s", "1449, 1.4 s", "9999, 9.9 s", "14400, 14 s", "119999, 119 s",
        "120000, 2 min", "125000, 2 min 5 s"
    })
    void durationsInWords(long millis, String words) {
        assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"1, 1st", "2, 2nd", "3, 3rd", "4, 4th", "11, 11th", "12, 12th", "13, 13th", "21, 21st", "112, 112th"})
    void ordinals(int number, String words) {
        assertThat(Words.ordinal(number)).isEqualTo(words);
    }
}
