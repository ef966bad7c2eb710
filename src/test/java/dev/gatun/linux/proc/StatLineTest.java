package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StatLineTest {

    private final StatLine stat = new StatLine();

    private boolean parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return stat.parse(bytes, bytes.length);
    }

    /** Whatever the name, and negative numbers in between. */
    @Property
    void agreesWithTheOtherParser(
            @ForAll String name,
            @ForAll @IntRange(min = 0, max = 1 << 22) int parent,
            @ForAll @IntRange(min = 0, max = 1 << 22) int group,
            @ForAll @IntRange(min = 0, max = 1 << 22) int session,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long start) {
        String line = "42 (" + name + ") S " + parent + " " + group + " " + session
                + " 34816 -1 4194560 1 2 3 4 5 6 7 8 20 -19 1 0 " + start + " 8192 200\n";
        assertThat(parse(line)).isTrue();
        ProcStat other = ProcStat.parse(line);
        assertThat(stat.parent()).isEqualTo(other.parent()).isEqualTo(parent);
        assertThat(stat.group()).isEqualTo(other.group());
        assertThat(stat.session()).isEqualTo(other.session());
        assertThat(stat.startTicks()).isEqualTo(other.startTicks());
    }

    @Test
    void anIncompleteLineIsNone() {
        assertThat(parse("")).isFalse();
        assertThat(parse("42 (cat")).isFalse();
        assertThat(parse("42 (cat)")).isFalse();
        assertThat(parse("42 (cat) S 1 2 3 4")).isFalse();
    }
}
