package dev.gatun.service.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplePeriodTest {
    private static final Thresholds THRESHOLDS = Thresholds.of(1000, 80, 85, 90);

    @ParameterizedTest(name = "{0} bytes, {1} more than {2} ms ago: next in {3} ms")
    @CsvSource({
        "100, 0,    5000, 5000",
        "800, 0,    5000, 5000",
        "850, 0,    5000, 2500",
        "890, 0,    5000, 500",
        "900, 0,    5000, 500",
        "999, 0,    5000, 500",
        "100, 400,  5000, 5000",
        "100, 800,  5000, 2500",
        "500, 400,  5000, 2500",
        "500, 4000, 5000, 500",
        "500, -400, 5000, 5000"
    })
    void isShorterNearTheLimitAndOnTheWayThere(long bytes, long grown, long elapsedMillis, long nextMillis) {
        SamplePeriod period = new SamplePeriod(Duration.ofSeconds(5), THRESHOLDS);
        assertThat(period.next(bytes, grown, elapsedMillis * 1_000_000))
                .isEqualTo(Duration.ofMillis(nextMillis));
    }

    @ParameterizedTest(name = "poll every {0} ms: at the limit every {1} ms")
    @CsvSource({"50, 50", "100, 100", "500, 100", "10000, 1000"})
    void hasAFloor(long pollMillis, long atTheLimitMillis) {
        SamplePeriod period = new SamplePeriod(Duration.ofMillis(pollMillis), THRESHOLDS);
        assertThat(period.next(900, 0, 1)).isEqualTo(Duration.ofMillis(atTheLimitMillis));
    }

    @Property
    void neverExceedsThePollPeriod(
            @ForAll @LongRange(min = 1, max = 1L << 40) long pollNanos,
            @ForAll @LongRange(min = 0, max = 1L << 50) long bytes,
            @ForAll long grown,
            @ForAll @LongRange(min = 1, max = 1L << 40) long elapsed) {
        Duration poll = Duration.ofNanos(pollNanos);
        SamplePeriod period = new SamplePeriod(poll, Thresholds.of(1L << 45, 80, 85, 95));
        assertThat(period.next(bytes, grown, elapsed)).isPositive().isLessThanOrEqualTo(poll);
    }
}
