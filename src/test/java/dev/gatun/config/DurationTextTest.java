package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S", "10, PT10S", "10s, PT10S", "500ms, PT0.5S", "1m30s, PT1M30S", "2h, PT2H", "1d, PT24H",
        "1.5s, PT1.5S", "2.5, PT2.5S", ".5s, PT0.5S", "250us, PT0.00025S", "250µs, PT0.00025S", "7ns, PT0.000000007S",
        "1h1m1s1ms, PT1H1M1.001S", "106751d, PT2562024H"
    })
    void reads(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "s", "-1s", "+1s", "1 s", " 1s", "1s ", "1x", "1S", "10sec", "1s30", "30 1s", "1.2.3s", ".", ".s",
                "1,5s",
                "1e3", "NaN", "Infinity", "99999999999999999999s", "106752d", "9.3e18ns", "9300000000.5s", "１s"
            })
    void refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessage("\"" + text + "\": expected a duration such as 10s, 500ms or 1m30s");
    }

    @Property
    void readsEveryCountOfEveryUnit(@ForAll @LongRange(max = 100_000) long count) {
        assertThat(DurationText.parse(count + "ms")).isEqualTo(Duration.ofMillis(count));
        assertThat(DurationText.parse(count + "m")).isEqualTo(Duration.ofMinutes(count));
        assertThat(DurationText.parse(Long.toString(count))).isEqualTo(Duration.ofSeconds(count));
    }
}
