package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimestampTest {

    @Test
    void utcHasNineDigitsAlways() {
        StringBuilder line = new StringBuilder();
        Timestamp.appendUtc(line, Instant.parse("2026-11-20T09:08:07.000000100Z"));
        assertThat(line).hasToString("2026-11-20T09:08:07.000000100Z");
    }

    @Test
    void localTimeIsInTheZone() {
        StringBuilder line = new StringBuilder();
        Timestamp.appendLocal(line, Instant.parse("2026-12-31T20:30:59.000001999Z"), 3 * 3600 + 1800);
        assertThat(line).hasToString("2027/01/01 00:00:59.000001");
    }

    /** From the year 0 to 9999: what four digits can show. */
    @Property(tries = 1000)
    void momentsAreThoseOfTheCalendar(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant moment = Instant.ofEpochSecond(second, nano);
        StringBuilder line = new StringBuilder();
        Timestamp.appendUtc(line, moment);
        assertThat(line).hasToString(
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSX")
                        .format(moment.atOffset(ZoneOffset.UTC)));
    }
}
