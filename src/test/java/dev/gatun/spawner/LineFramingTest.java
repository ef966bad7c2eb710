package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFramingTest {

    private static List<String> lines(String text, int maxBytes, List<Integer> pieces) {
        List<String> lines = new ArrayList<>();
        LineFraming framing = new LineFraming(new LineFraming.Sink() {
            @Override
            public void line(byte[] line) {
                lines.add(new String(line, StandardCharsets.UTF_8));
            }

            @Override
            public void oversizeLine() {
                lines.add("TOO LONG");
            }
        }, maxBytes);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        for (int piece : pieces) {
            int end = Math.min(bytes.length, from + piece);
            byte[] part = Arrays.copyOfRange(bytes, from, end);
            framing.add(part, part.length);
            from = end;
        }
        byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
        framing.add(rest, rest.length);
        return lines;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a;bc;       | a,bc
            a;;b;       | a,,b
            a;rest      | a
            1234567;ok; | 1234567,ok
            12345678;ok;| TOO LONG,ok
            123456789012345678901;ok;x;| TOO LONG,ok,x
            """)
    void aLineHasAtMostEightBytes(String text, String lines) {
        assertThat(String.join(",", lines(text.replace(';', '\n'), 8, List.of()))).isEqualTo(lines);
    }

    @Property
    void piecesMakeNoDifference(
            @ForAll @Size(max = 30) List<@IntRange(min = 0, max = 9) Integer> pieces,
            @ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> letters) {
        StringBuilder text = new StringBuilder();
        letters.forEach(letter -> text.append("ab\nc".charAt(letter)));
        assertThat(lines(text.toString(), 5, pieces)).isEqualTo(lines(text.toString(), 5, List.of()));
    }
}
