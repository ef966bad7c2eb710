package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LossyBufferTest {

    private static final int CAPACITY = LossyBuffer.MIN_CAPACITY_BYTES;

    private LossyBuffer buffer = new LossyBuffer(CAPACITY, LossNotice.PLAIN);

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.put(bytes, 0, bytes.length);
    }

    private String take(int most) {
        byte[] target = new byte[most];
        return new String(target, 0, buffer.take(target), StandardCharsets.UTF_8);
    }

    private String takeAll() {
        StringBuilder all = new StringBuilder();
        while (!buffer.isEmpty()) {
            all.append(take(1000));
        }
        return all.toString();
    }

    /** A line of so many bytes, with its end. */
    private static String line(int bytes) {
        return "x".repeat(bytes - 1) + "\n";
    }

    @Test
    void givesBackWhatItGot() {
        put("one\ntw");
        put("o\nthree");
        assertThat(takeAll()).isEqualTo("one\ntwo\nthree");
        assertThat(buffer.lostBytes()).isZero();
    }

    @Test
    void givesWholeLinesWhereItGivesAPart() {
        put("one\ntwo\nthree\n");
        assertThat(take(9)).isEqualTo("one\ntwo\n");
        assertThat(take(3)).as("no line end").isEqualTo("thr");
        assertThat(take(100)).isEqualTo("ee\n");
    }

    @Test
    void losesWholeLinesAndSaysWhere() {
        put(line(CAPACITY - 10));
        put("kept\n12345678\nlost\n");
        put("lost too\n");
        assertThat(takeAll()).isEqualTo(
                line(CAPACITY - 10) + "kept\ngatun: 3 lines (23 bytes) of output were lost here\n");
        assertThat(buffer.lostLines()).isEqualTo(3);
        assertThat(buffer.lostBytes()).isEqualTo(23);
        put("after\n");
        assertThat(takeAll()).isEqualTo("after\n");
    }

    @Test
    void noticeComesAsSoonAsThereIsRoomAndNotWithTheNextLineOnly() {
        put(line(CAPACITY));
        put("l\n");
        assertThat(take(CAPACITY)).isEqualTo(line(CAPACITY));
        assertThat(takeAll()).isEqualTo("gatun: 1 line (2 bytes) of output was lost here\n");
    }

    @Test
    void keepsNothingUntilItIsHalfEmpty() {
        for (int i = 0; i < 4; i++) {
            put(line(CAPACITY / 4));
        }
        put("lost\n");
        take(CAPACITY / 4);
        put("lost\n");
        take(CAPACITY / 4);
        put("kept\n");
        assertThat(takeAll()).isEqualTo(
                line(CAPACITY / 4).repeat(2) + "gatun: 2 lines (10 bytes) of output were lost here\nkept\n");
    }

    @Test
    void endsALineBeforeTheNotice() {
        put(line(CAPACITY - 10) + "begin");
        put("and so on and on");
        put("and on\nkept?\n");
        assertThat(takeAll()).isEqualTo(
                line(CAPACITY - 10) + "begin\ngatun: 2 lines (29 bytes) of output were lost here\n");
    }

    /** Else a line that is there to its last character would count as lost, because of its end. */
    @Test
    void alwaysHasRoomForALineEnd() {
        put(line(CAPACITY - 5) + "begin");
        put("\nlost\n");
        assertThat(buffer.lostLines()).isEqualTo(1);
        assertThat(takeAll()).isEqualTo(
                line(CAPACITY - 5) + "begin\ngatun: 1 line (5 bytes) of output was lost here\n");
        put(line(CAPACITY - 5) + "begin");
        put("\n");
        assertThat(takeAll()).endsWith("begin\n");
        assertThat(buffer.lostLines()).isEqualTo(1);
    }

    @Test
    void keepsNoHalfOfALineThatWasLost() {
        put(line(CAPACITY));
        put("lost");
        take(CAPACITY);
        put(" goes on");
        put(" to here\nkept\n");
        assertThat(takeAll()).isEqualTo("gatun: 1 line (21 bytes) of output was lost here\nkept\n");
    }

    /** Or a program that draws a progress bar would never be heard again. */
    @Test
    void lineThatNeverEndsIsNotLostForEver() {
        put(line(CAPACITY));
        put("no line end");
        take(CAPACITY);
        for (int i = 0; i < 65; i++) {
            put("x".repeat(1024));
        }
        assertThat(takeAll()).startsWith("gatun: 1 line (65536 bytes) of output was lost here\nxxx");
    }

    @Test
    void untoldLossIsToldAtTheEnd() {
        put(line(CAPACITY));
        put("no line end");
        take(CAPACITY);
        assertThat(buffer.isEmpty()).isTrue();
        buffer.finish();
        assertThat(takeAll()).isEqualTo("gatun: 1 line (11 bytes) of output was lost here\n");
    }

    @Test
    void whatIsAbandonedIsCounted() {
        put("a\nb\nc\n");
        byte[] taken = new byte[4];
        assertThat(buffer.take(taken)).isEqualTo(4);
        buffer.abandon(taken, 2, 4);
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.lostLines()).isEqualTo(2);
        assertThat(buffer.lostBytes()).isEqualTo(4);
    }

    @Test
    void tooSmallIsRefused() {
        assertThatThrownBy(() -> new LossyBuffer(100, LossNotice.PLAIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a buffer of 100 bytes; expected at least 4096");
    }

    /** Whatever is put and taken, in whatever pieces: what comes out is what went in, less what the notices say. */
    @Property(tries = 500)
    void nothingIsLostInSilence(@ForAll long seed) {
        buffer = new LossyBuffer(CAPACITY, LossNotice.PLAIN);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String line = i + ":" + "y".repeat(random.nextInt(random.nextInt(200) + 1)) + "\n";
            lines.add(line);
            in.append(line);
        }
        int from = 0;
        while (from < in.length()) {
            int to = Math.min(in.length(), from + 1 + random.nextInt(500));
            put(in.substring(from, to));
            from = to;
            if (random.nextInt(3) == 0) {
                out.append(take(1 + random.nextInt(2000)));
            }
        }
        buffer.finish();
        out.append(takeAll());
        Tally tally = Tally.of(out.toString());
        assertThat(tally.lostLines()).isEqualTo(buffer.lostLines());
        assertThat(tally.lostBytes()).isEqualTo(buffer.lostBytes());
        // Torn lines are among the lost ones: their beginning is there, and a line end of ours.
        List<String> whole = tally.lines().stream().filter(lines::contains).toList();
        assertThat(lines).containsSubsequence(whole);
        assertThat(whole.size() + tally.lostLines()).isEqualTo(lines.size());
        long kept = tally.lines().stream().mapToLong(String::length).sum();
        long ends = tally.lines().size() - whole.size();
        assertThat(kept - ends + tally.lostBytes()).isEqualTo(in.length());
    }
}
