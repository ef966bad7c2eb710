package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LocalTimeTest {
    private static final LocalTime LOCAL = new LocalTime(new SystemLibc());

    /** The C library and the JDK read the same files, each in its own way. */
    @Property(tries = 200)
    void agreesWithTheJdk(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        assertThat(LOCAL.offsetSeconds(second)).isEqualTo(
                ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds());
    }

    @Test
    void takesUtcWhereTheCalendarEnds() {
        assertThat(LOCAL.offsetSeconds(Long.MAX_VALUE)).isZero();
    }
}
