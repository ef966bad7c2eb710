package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A descriptor of ours, a pipe here, and readers that take their time. */
@Timeout(60)
class DescriptorDestinationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Libc libc = new SystemLibc();
    private final Pipe pipe = Pipe.open(libc);
    private final DescriptorDestination destination =
            new DescriptorDestination(libc, pipe.writeEnd(), "standard output");

    @AfterEach
    void close() {
        pipe.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads until so many bytes have come, or the end. */
    private static String read(Fd source, long atLeast) {
        StringBuilder text = new StringBuilder();
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory buffer = NativeMemory.allocate(arena, 1 << 16);
            long count = 1;
            while (count > 0 && text.length() < atLeast) {
                count = source.read(buffer.segment());
                if (count > 0) {
                    text.append(new String(buffer.get(0, (int) count), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    @Test
    void writesWholeLinesOfUpToAPipesWorth() throws Exception {
        byte[] lines = bytes("x".repeat(3999) + "\n" + "y".repeat(999) + "\n");
        assertThat(destination.write(lines, 0, lines.length)).isEqualTo(4000);
        assertThat(destination.write(lines, 4000, 1000)).isEqualTo(1000);
        byte[] endless = bytes("z".repeat(5000));
        assertThat(destination.write(endless, 0, 5000)).isEqualTo(4096);
        assertThat(read(pipe.readEnd(), 9096)).hasSize(9096);
    }

    @Test
    void readerThatIsGoneIsSaid() {
        pipe.readEnd().close();
        assertThatThrownBy(() -> destination.write(bytes("x\n"), 0, 2))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write to standard output: EPIPE (Broken pipe)");
    }

    @Test
    void staysOpenForItsOwner() throws Exception {
        destination.close();
        destination.write(bytes("x\n"), 0, 2);
        assertThat(read(pipe.readEnd(), 2)).isEqualTo("x\n");
    }

    /** Whoever shares a descriptor can make it answer "not now". */
    @Test
    void waitsAtADescriptorThatSomebodyMadeNonBlocking() throws Exception {
        pipe.writeEnd().makeNonBlocking();
        OutputWriter writer = new OutputWriter(destination, 1 << 20, LossNotice.PLAIN, OutageListener.NONE);
        byte[] line = bytes("x".repeat(999) + "\n");
        for (int i = 0; i < 500; i++) {
            writer.put(line, 0, line.length);
        }
        assertThat(read(pipe.readEnd(), 500_000)).hasSize(500_000);
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(writer.lostBytes()).isZero();
    }

    @Test
    void slowReaderLosesLinesAndIsToldHowMany() throws Exception {
        OutputWriter writer = new OutputWriter(destination, 1 << 16, LossNotice.PLAIN, OutageListener.NONE);
        byte[] line = bytes("x".repeat(99) + "\n");
        int lines = 10_000;
        for (int i = 0; i < lines; i++) {
            writer.put(line, 0, line.length);
        }
        assertThat(writer.lostBytes()).isPositive();
        LinkedBlockingQueue<String> all = new LinkedBlockingQueue<>();
        Thread reader = Thread.ofPlatform().start(() -> all.add(read(pipe.readEnd(), Long.MAX_VALUE)));
        assertThat(writer.close(PATIENCE)).isTrue();
        pipe.writeEnd().close();
        Tally tally = Tally.of(all.poll(30, TimeUnit.SECONDS));
        reader.join();
        assertThat(tally.lostLines()).isEqualTo(writer.lostLines());
        assertThat(tally.lines().size() + tally.lostLines()).isEqualTo(lines);
        assertThat(tally.lines()).allMatch(text -> text.length() == 100);
    }

    /** A pipe nobody reads: what is in the pipe stays, the rest is lost, and the end does not hang. */
    @Test
    void readerThatNeverReadsDoesNotKeepTheEnd() {
        OutputWriter writer = new OutputWriter(destination, 1 << 16, LossNotice.PLAIN, OutageListener.NONE);
        byte[] line = bytes("x".repeat(99) + "\n");
        for (int i = 0; i < 10_000; i++) {
            writer.put(line, 0, line.length);
        }
        assertThat(writer.close(Duration.ofMillis(50))).isFalse();
        // Lets the thread go.
        pipe.readEnd().close();
    }
}
