package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void saysWhatItTakes() {
        assertThat(Range.ANY.of("a number")).isEqualTo("a number");
        assertThat(Range.port().of("a whole number")).isEqualTo("a whole number from 1 to 65535");
        assertThat(Range.percent().of("a number")).isEqualTo("a number from 0 to 100");
        assertThat(Range.atLeast(1).of("a number")).isEqualTo("a number of at least 1");
        assertThat(Range.positive().of("a number")).isEqualTo("a number above 0");
        assertThat(Range.percent().withoutLeast().of("a number")).isEqualTo("a number above 0 and at most 100");
        assertThat(Range.between(0.5, 1.25).of("a number")).isEqualTo("a number from 0.5 to 1.25");
        assertThat(Range.between(1, 1).of("a whole number")).isEqualTo("1");
        assertThat(new Range(Double.NEGATIVE_INFINITY, 5, false).of("a number")).isEqualTo("a number of at most 5");
        assertThat(Range.atLeast(0).of("a number, or a word")).isEqualTo("a number, or a word, of at least 0");
    }

    @Test
    void takesItsEnds() {
        assertThat(Range.percent().contains(0)).isTrue();
        assertThat(Range.percent().contains(100)).isTrue();
        assertThat(Range.percent().contains(100.01)).isFalse();
        assertThat(Range.percent().contains(-0.01)).isFalse();
        assertThat(Range.percent().withoutLeast().contains(0)).isFalse();
        assertThat(Range.positive().contains(0.001)).isTrue();
        assertThat(Range.ANY.contains(-1e300)).isTrue();
        assertThat(Range.percent().contains(Double.NaN)).isFalse();
    }
}
