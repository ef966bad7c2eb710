package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitMappingTest {
    @Test
    void laterRuleWins() {
        ExitMapping mapping = ExitMapping.parse(List.of("129-143=1", "143=0"));
        assertThat(mapping.apply(143)).isZero();
        assertThat(mapping.apply(129)).isOne();
        assertThat(mapping.apply(142)).isOne();
        assertThat(mapping.apply(128)).isEqualTo(128);
        assertThat(mapping.apply(144)).isEqualTo(144);
    }

    @Test
    void rulesAreNotChained() {
        assertThat(ExitMapping.parse(List.of("2=3", "1=2")).apply(1)).isEqualTo(2);
    }

    @Test
    void showsAndComparesWhatChanges() {
        assertThat(ExitMapping.parse(List.of("143=0", "1=2"))).hasToString("1=2 143=0");
        assertThat(ExitMapping.IDENTITY).hasToString("identity").isEqualTo(ExitMapping.parse(List.of("5=5")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            143     | exit mapping `143`: expected N=M or FIRST-LAST=M, such as 143=0
            143=    | exit mapping `143=`: `` is not an exit code in 0..255
            =0      | exit mapping `=0`: `` is not an exit code in 0..255
            256=0   | exit mapping `256=0`: `256` is not an exit code in 0..255
            -1=0    | exit mapping `-1=0`: `-1` is not an exit code in 0..255
            1=-1    | exit mapping `1=-1`: `-1` is not an exit code in 0..255
            1-=0    | exit mapping `1-=0`: `` is not an exit code in 0..255
            9-3=0   | exit mapping `9-3=0`: 9 is above 3
            1=2=3   | exit mapping `1=2=3`: `2=3` is not an exit code in 0..255
            99999999999=1 | exit mapping `99999999999=1`: `99999999999` is not an exit code in 0..255
            """)
    void refusesInOneSentence(String rule, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitMapping.IDENTITY.with(rule))
                .withMessage(message);
    }

    @Property
    void mapsEveryCodeIntoRange(
            @ForAll @IntRange(max = 255) int first,
            @ForAll @IntRange(max = 255) int last,
            @ForAll @IntRange(max = 255) int result,
            @ForAll @IntRange(max = 255) int code) {
        ExitMapping mapping =
                ExitMapping.IDENTITY.with(Math.min(first, last) + "-" + Math.max(first, last) + "=" + result);
        boolean inside = code >= Math.min(first, last) && code <= Math.max(first, last);
        assertThat(mapping.apply(code)).isEqualTo(inside ? result : code);
    }
}
