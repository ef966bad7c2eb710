package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSectionScalarsTest {

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y", "!!bool 'true'"})
    void takesForTrue(String text) {
        assertThat(Reading.shown("k: " + text, file -> file.flag("k", false, ""))).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"})
    void takesForFalse(String text) {
        assertThat(Reading.shown("k: " + text, file -> file.flag("k", true, ""))).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "7, 7", "-7, -7", "+7, 7", "1_000, 1000", "0x1F, 31", "0xff_ff, 65535", "-0x10, -16", "0o17, 15",
        "0b101, 5", "0B1, 1", "00, 0", "07, 7", "09, 9", "2.0, 2", "1e3, 1000", "2147483647, 2147483647",
        "-2147483648, -2147483648", "!!int '8', 8"
    })
    void readsWholeNumbers(String text, int expected) {
        assertThat(Reading.shown("k: " + text, file -> file.integer("k", Range.ANY, "")))
                .isEqualTo("OptionalInt[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "2.7  | 2    | f.yml:1:1: k: found 2.7, expected a whole number (2 is used)",
        "-2.7 | -2   | f.yml:1:1: k: found -2.7, expected a whole number (-2 is used)",
        "010  | 8    | f.yml:1:1: k: 010, which is octal for 8",
    })
    void warnsOfWholeNumbersThatAreNotWhatTheySeem(String text, int expected, String sentence) {
        Reading<Integer> reading = Reading.of("k: " + text, file -> file.integer("k", 1, Range.ANY, ""));

        assertThat(reading.value()).isEqualTo(expected);
        assertThat(reading.problems().toString()).isEqualTo("[" + sentence + "]");
        assertThat(reading.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "1.5, 1.5", ".5, 0.5", "-2.5e-1, -0.25", "1_0.5, 10.5", "75, 75", "0x10, 16", "1., 1",
        "9007199254740993, 9007199254740992"
    })
    void readsDecimals(String text, double expected) {
        assertThat(Reading.shown("k: " + text, file -> file.decimal("k", Range.ANY, "")))
                .isEqualTo("OptionalDouble[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", "4096, 4096", "0x1000, 4096", "64Mi, 67108864", "1Gi, 1073741824", "512K, 512000", "512k, 512000",
        "2GB, 2000000000", "1.5GiB, 1610612736", "1KiB, 1024", "10B, 10", "1T, 1000000000000", "1Pi, 1125899906842624",
        "'\"64Mi\"', 67108864", "9223372036854775807, 9223372036854775807", "-1, -1"
    })
    void readsBytes(String text, long expected) {
        assertThat(Reading.shown("k: " + text, file -> file.bytes("k", Range.ANY, "")))
                .isEqualTo("OptionalLong[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "5, PT5S", "0, PT0S", "0.25, PT0.25S", "1e-3, PT0.001S", "500ms, PT0.5S", "1m30s, PT1M30S", "'\"2h\"', PT2H",
        "-1, PT-1S", "-0.5, PT-0.5S", "9000000000, PT2500000H"
    })
    void readsSeconds(String text, Duration expected) {
        assertThat(Reading.shown("k: " + text, file -> file.seconds("k", Range.ANY, "")))
                .isEqualTo("Optional[" + expected + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "yes | yes", "1.50 | 1.50", "0x10 | 0x10", "2020-01-01 | 2020-01-01", "'' | ``", "'null' | null", "a b | a b"
    })
    void readsTextsAsTheyStand(String text, String expected) {
        assertThat(Reading.shown("k: " + text, file -> file.text("k", ""))).isEqualTo("Optional[" + expected + "]");
    }

    @Test
    void readsChoices() {
        assertThat(Reading.shown("k: extra-large", file -> file.choice("k", Size.SMALL, ""))).isEqualTo("EXTRA_LARGE");
        assertThat(Reading.shown("k: 'large'", file -> file.choice("k", Size.class, ""))).isEqualTo("Optional[LARGE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "k:", "k: ~", "k: null"})
    void absentAndNullAreTheDefault(String yaml) {
        assertThat(Reading.shown(yaml, file -> file.flag("k", true, ""))).isEqualTo("true");
        assertThat(Reading.shown(yaml, file -> file.flag("k", ""))).isEqualTo("Optional.empty");
        assertThat(Reading.shown(yaml, file -> file.integer("k", 7, Range.ANY, ""))).isEqualTo("7");
        assertThat(Reading.shown(yaml, file -> file.integer("k", Range.ANY, ""))).isEqualTo("OptionalInt.empty");
        assertThat(Reading.shown(yaml, file -> file.bytes("k", 7L, Range.ANY, ""))).isEqualTo("7");
        assertThat(Reading.shown(yaml, file -> file.bytes("k", Range.ANY, ""))).isEqualTo("OptionalLong.empty");
        assertThat(Reading.shown(yaml, file -> file.decimal("k", 0.5, Range.ANY, ""))).isEqualTo("0.5");
        assertThat(Reading.shown(yaml, file -> file.decimal("k", Range.ANY, ""))).isEqualTo("OptionalDouble.empty");
        assertThat(Reading.shown(yaml, file -> file.seconds("k", Duration.ZERO, Range.ANY, ""))).isEqualTo("PT0S");
        assertThat(Reading.shown(yaml, file -> file.seconds("k", Range.ANY, ""))).isEqualTo("Optional.empty");
        assertThat(Reading.shown(yaml, file -> file.text("k", "x", ""))).isEqualTo("x");
        assertThat(Reading.shown(yaml, file -> file.text("k", ""))).isEqualTo("Optional.empty");
        assertThat(Reading.shown(yaml, file -> file.choice("k", Size.LARGE, ""))).isEqualTo("LARGE");
        assertThat(Reading.shown(yaml, file -> file.choice("k", Size.class, ""))).isEqualTo("Optional.empty");
    }

    @Test
    void zeroIsNotAbsent() {
        assertThat(Reading.shown("k: 0", file -> file.integer("k", 7, Range.ANY, ""))).isEqualTo("0");
        assertThat(Reading.shown("k: 0", file -> file.seconds("k", Duration.ofSeconds(7), Range.ANY, "")))
                .isEqualTo("PT0S");
    }

    /** Each is an error, and the default is gone on with. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "flag    | abc      | found \"abc\", expected true or false",
        "flag    | 'true'   | found \"true\", expected true or false",
        "flag    | 1        | found 1, expected true or false",
        "flag    | []       | found a list, expected true or false",
        "port    | 0        | found 0, expected a whole number from 1 to 65535",
        "port    | 65536    | found 65536, expected a whole number from 1 to 65535",
        "port    | -1       | found -1, expected a whole number from 1 to 65535",
        "port    | '8081'   | found \"8081\" in quotes, expected a whole number from 1 to 65535",
        "port    | 0.5      | found 0.5, expected a whole number from 1 to 65535",
        "port    | abc      | found \"abc\", expected a whole number from 1 to 65535",
        "port    | {a: b}   | found a mapping, expected a whole number from 1 to 65535",
        "port    | 8081/tcp | found \"8081/tcp\", expected a whole number from 1 to 65535",
        "any     | 2147483648 | found 2147483648, expected a whole number from -2147483648 to 2147483647",
        "any     | 1e400    | found 1e400, expected a whole number from -2147483648 to 2147483647",
        "any     | x        | found \"x\", expected a whole number",
        "one     | 2        | found 2, expected 1",
        "percent | 101      | found 101, expected a number from 0 to 100",
        "percent | abc      | found \"abc\", expected a number from 0 to 100",
        "percent | .inf     | found \".inf\", expected a number from 0 to 100",
        "percent | '5'      | found \"5\" in quotes, expected a number from 0 to 100",
        "percent | .nan     | found \".nan\", expected a number from 0 to 100",
        "percent | 5%       | found \"5%\", expected a number from 0 to 100",
        "bytes   | 64Mib    | found \"64Mib\", expected a number of bytes, or an amount such as 64Mi or 2GB, of at least 0",
        "bytes   | 64 Mi    | found \"64 Mi\", expected a number of bytes, or an amount such as 64Mi or 2GB, of at least 0",
        "bytes   | ki       | found \"ki\", expected a number of bytes, or an amount such as 64Mi or 2GB, of at least 0",
        "bytes   | 1m       | found \"1m\", expected a number of bytes, or an amount such as 64Mi or 2GB, of at least 0",
        "bytes   | '64'     | found \"64\" in quotes, expected a number of bytes, or an amount such as 64Mi or 2GB, of at least 0",
        "bytes   | -1       | found -1, expected a whole number of at least 0",
        "bytes   | -1Mi     | found \"-1Mi\", expected a whole number of at least 0",
        "bytes   | 18446744073709551616 | found 18446744073709551616, expected a whole number from 0 to 9223372036854775807",
        "bytes   | 9223372036854775808 | found 9223372036854775808, expected a whole number from 0 to 9223372036854775807",
        "bytes   | 9000Pi   | found \"9000Pi\", expected a whole number from 0 to 9223372036854775807",
        "seconds | 0        | found 0, expected a number of seconds above 0",
        "seconds | 0ms      | found \"0ms\", expected a number of seconds above 0",
        "seconds | soon     | found \"soon\", expected a number of seconds, or a duration such as 500ms or 1m30s, above 0",
        "seconds | '5'      | found \"5\" in quotes, expected a number of seconds, or a duration such as 500ms or 1m30s, above 0",
        "seconds | 1e18     | found 1e18, expected a number of seconds above 0 and at most 9000000000",
        "seconds | [5]      | found a list, expected a number of seconds, or a duration such as 500ms or 1m30s, above 0",
        "text    | [a]      | found a list, expected a text",
        "text    | {a: b}   | found a mapping, expected a text",
        "size    | Small    | found \"Small\", expected one of small, large, extra-large; did you mean small?",
        "size    | lrage    | found \"lrage\", expected one of small, large, extra-large; did you mean large?",
        "size    | 5        | found \"5\", expected one of small, large, extra-large",
        "size    | [small]  | found a list, expected one of small, large, extra-large"
    })
    void refuses(String key, String text, String sentence) {
        Reading<String> reading = Reading.of(key + ": " + text, file -> file.flag("flag", false, "") + " "
                + file.integer("port", 80, Range.port(), "") + " "
                + file.integer("any", 1, Range.ANY, "") + " "
                + file.integer("one", 1, Range.between(1, 1), "") + " "
                + file.decimal("percent", 50, Range.percent(), "") + " "
                + file.bytes("bytes", 10L, Range.atLeast(0), "") + " "
                + file.seconds("seconds", Duration.ofSeconds(1), Range.positive(), "") + " "
                + file.text("text", "t", "") + " "
                + file.choice("size", Size.SMALL, ""));

        assertThat(reading.problems()).containsExactly("f.yml:1:1: " + key + ": " + sentence);
        assertThat(reading.hasErrors()).isTrue();
        assertThat(reading.value()).isEqualTo("false 80 1 1 50.0 10 PT1S t SMALL");
    }

    @Test
    void saysWhatWasFoundOnOneShortLine() {
        Reading<Boolean> reading =
                Reading.of("k: \"\\e[31m\\nred" + "x".repeat(10_000) + "\"", file -> file.flag("k", true, ""));

        assertThat(reading.problems()).containsExactly(
                "f.yml:1:1: k: found \"\\u001b[31m\\n" + "red" + "x".repeat(51) + "…\", expected true or false");
    }
}
