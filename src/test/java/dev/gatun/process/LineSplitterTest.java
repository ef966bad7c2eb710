package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private static final int MAX = LineSplitter.MAX_LINE_BYTES;

    private final List<OutputLine> lines = new ArrayList<>();
    private final LineSplitter splitter = new LineSplitter(lines::add);

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte[] bytes) {
        splitter.add(bytes, 0, bytes.length);
    }

    private static OutputLine whole(String text) {
        return new OutputLine(text, false);
    }

    private static OutputLine cut(String text) {
        return new OutputLine(text, true);
    }

    @Test
    void linesEndInLfOrCrLf() {
        add("one\ntwo\r\n\n\r\nth\rree\n");
        assertThat(lines).containsExactly(whole("one"), whole("two"), whole(""), whole(""), whole("th\rree"));
    }

    @Test
    void lineIsHandedOnWhenItEndsAndTheLastAtTheEnd() {
        add("be");
        add("gin\nre");
        assertThat(lines).containsExactly(whole("begin"));
        add("st");
        splitter.end();
        assertThat(lines).containsExactly(whole("begin"), whole("rest"));
        splitter.end();
        assertThat(lines).hasSize(2);
    }

    @Test
    void onlyAPartOfTheArrayIsRead() {
        byte[] bytes = "xxone\nyy".getBytes(StandardCharsets.UTF_8);
        splitter.add(bytes, 2, 4);
        splitter.end();
        assertThat(lines).containsExactly(whole("one"));
    }

    @Test
    void lineOfTheGreatestLengthIsWhole() {
        add("x".repeat(MAX) + "\n");
        add("y".repeat(MAX) + "\r\n");
        add("z".repeat(MAX));
        splitter.end();
        assertThat(lines).containsExactly(whole("x".repeat(MAX)), whole("y".repeat(MAX)), whole("z".repeat(MAX)));
    }

    @Test
    void longerLineIsCutAndItsRestLeftOut() {
        add("x".repeat(MAX) + "y\nnext\n");
        add("z".repeat(10 * MAX));
        splitter.end();
        assertThat(lines).containsExactly(cut("x".repeat(MAX)), whole("next"), cut("z".repeat(MAX)));
        assertThat(lines.get(0).marked()).endsWith("x... [TRUNCATED]");
        assertThat(lines.get(1).marked()).isEqualTo("next");
    }

    /** A program that hangs in the middle of an endless line is worth reading. */
    @Test
    void cutLineIsHandedOnAtOnce() {
        add("x".repeat(MAX + 1));
        assertThat(lines).containsExactly(cut("x".repeat(MAX)));
        splitter.end();
        add("after\n");
        assertThat(lines).containsExactly(cut("x".repeat(MAX)), whole("after"));
    }

    @Test
    void cutIsBetweenCharacters() {
        for (String character : List.of("ä", "€", "\uD83D\uDEA2")) {
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            for (int shift = 0; shift < size; shift++) {
                lines.clear();
                add("x".repeat(shift) + character.repeat(MAX) + "\n");
                assertThat(lines).containsExactly(cut("x".repeat(shift) + character.repeat((MAX - shift) / size)));
            }
        }
    }

    @Test
    void whatIsNoTextIsReplaced() {
        add(new byte[]{'a', (byte) 0xff, 'b', (byte) 0xe2, (byte) 0x82, '\n'});
        assertThat(lines).containsExactly(whole("a\uFFFDb\uFFFD"));
        byte[] noise = new byte[2 * MAX];
        Arrays.fill(noise, (byte) 0x80);
        add(noise);
        assertThat(lines.get(1)).isEqualTo(cut("\uFFFD".repeat(MAX)));
    }

    @Provide
    Arbitrary<byte[]> output() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of("\n", "\r", "\r\n", "\n\n", "ä", "€", "\uD83D\uDEA2", "x".repeat(MAX - 1),
                        "y".repeat(MAX), "z".repeat(3 * MAX), "€".repeat(MAX / 3)),
                Arbitraries.strings().ofMaxLength(20));
        Arbitrary<byte[]> text = piece.list().ofMaxSize(12)
                .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
        return Arbitraries.oneOf(text, noise, text.flatMap(first -> noise.map(second -> joined(first, second))));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    private static List<OutputLine> split(byte[] bytes, Random pieces) {
        List<OutputLine> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(lines::add);
        int from = 0;
        while (from < bytes.length) {
            int most = pieces.nextBoolean() ? 3 : 5000;
            int count = Math.min(bytes.length - from, 1 + pieces.nextInt(most));
            splitter.add(bytes, from, count);
            from += count;
        }
        splitter.end();
        return lines;
    }

    @Property(tries = 500)
    void linesAreTheSameInWhateverPiecesTheyCome(@ForAll("output") byte[] bytes, @ForAll long seed) {
        List<OutputLine> atOnce = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(atOnce::add);
        splitter.add(bytes, 0, bytes.length);
        splitter.end();
        assertThat(split(bytes, new Random(seed))).isEqualTo(atOnce);
    }

    /** The plain way to split a text, for comparison. */
    @Property(tries = 500)
    void linesAreThoseOfTheText(@ForAll("output") byte[] bytes, @ForAll long seed) {
        List<OutputLine> expected = new ArrayList<>();
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String raw : latin.split("(?<=\n)", -1)) {
            boolean hasEnd = raw.endsWith("\n");
            String content = raw.endsWith("\r\n")
                    ? raw.substring(0, raw.length() - 2)
                    : hasEnd ? raw.substring(0, raw.length() - 1) : raw;
            if (!hasEnd && raw.isEmpty()) {
                continue;
            }
            byte[] line = content.getBytes(StandardCharsets.ISO_8859_1);
            expected.add(line.length > MAX ? null : whole(new String(line, StandardCharsets.UTF_8)));
        }
        List<OutputLine> actual = split(bytes, new Random(seed));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            if (expected.get(i) == null) {
                assertThat(actual.get(i).truncated()).isTrue();
            } else {
                assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
        }
    }
}
