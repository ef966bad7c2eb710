package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TailTest {

    private static void add(Tail tail, String... lines) {
        for (String line : lines) {
            tail.add(new OutputLine(line, false));
        }
    }

    @Test
    void keepsTheLastLinesThatAreNotBlank() {
        Tail tail = new Tail(3, 1000);
        add(tail, "one", "", "two", " \t", "three", "four");
        assertThat(tail.lines()).containsExactly("two", "three", "four");
    }

    @Test
    void keepsNoMoreBytesThanAllowed() {
        Tail tail = new Tail(100, 10);
        add(tail, "12345", "1234");
        assertThat(tail.lines()).containsExactly("12345", "1234");
        add(tail, "12");
        assertThat(tail.lines()).containsExactly("1234", "12");
        add(tail, "€€€", "x");
        assertThat(tail.lines()).containsExactly("€€€", "x");
        add(tail, "1234567890");
        assertThat(tail.lines()).containsExactly("1234567890");
    }

    @Test
    void cutsALineThatTakesMoreThanAll() {
        Tail tail = new Tail(2, 10);
        add(tail, "before", "12345678901");
        assertThat(tail.lines()).containsExactly("1234567890");
        add(tail, "\uD83D\uDEA2\uD83D\uDEA2\uD83D\uDEA2");
        assertThat(tail.lines()).containsExactly("\uD83D\uDEA2\uD83D\uDEA2");
    }

    @Test
    void marksALineThatWasCut() {
        Tail tail = new Tail(1, 100);
        tail.add(new OutputLine("begin", true));
        assertThat(tail.lines()).containsExactly("begin... [TRUNCATED]");
    }

    @Test
    void canKeepNothing() {
        Tail tail = new Tail(0, 100);
        add(tail, "one");
        assertThat(tail.lines()).isEmpty();
        assertThat(tail.keepsLines()).isFalse();
        assertThat(new Tail(3, 0).keepsLines()).isFalse();
        assertThatThrownBy(() -> new Tail(-1, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tail of -1 lines and 0 bytes; expected 0 or more of each");
    }

    @Property(tries = 300)
    void staysWithinItsBoundsAndEndsWithTheLatest(
            @ForAll List<String> lines, @ForAll @IntRange(max = 5) int maxLines,
            @ForAll @IntRange(min = 4, max = 50) int maxBytes) {
        Tail tail = new Tail(maxLines, maxBytes);
        lines.forEach(line -> add(tail, line));
        List<String> kept = tail.lines();
        assertThat(kept.size()).isLessThanOrEqualTo(maxLines);
        int bytes = kept.stream().mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length).sum();
        assertThat(bytes).isLessThanOrEqualTo(maxBytes);
        List<String> candidates = lines.stream().filter(line -> !line.isBlank()).toList();
        List<String> latest = candidates.subList(candidates.size() - kept.size(), candidates.size());
        for (int i = 0; i < kept.size(); i++) {
            String line = latest.get(i);
            boolean fits = line.codePoints().map(TailTest::utf8Bytes).sum() <= maxBytes;
            assertThat(line).startsWith(kept.get(i));
            assertThat(!fits || line.equals(kept.get(i))).as("%s is whole", line).isTrue();
        }
    }

    private static int utf8Bytes(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
