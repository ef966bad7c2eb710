package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipes that the test writes to, and the loop that it turns. */
@ExtendWith(NoFdLeak.class)
@Timeout(60)
class OutputPumpTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private static final class Collected implements OutputPump.Sink {

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Boolean> ends = new ArrayList<>();

        @Override
        public void bytes(byte[] chunk, int count) {
            bytes.write(chunk, 0, count);
        }

        @Override
        public void end(boolean isComplete) {
            ends.add(isComplete);
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private final SystemLibc libc = new SystemLibc();
    private final List<Throwable> problems = new ArrayList<>();
    private final Collected sink = new Collected();
    private EventLoop loop;
    private Pipe pipe;

    @BeforeEach
    void open() {
        loop = EventLoop.open(libc, problems::add);
        pipe = Pipe.open(libc);
    }

    @AfterEach
    void close() {
        pipe.close();
        loop.close();
    }

    private OutputPump pump(OutputPump.Sink to) {
        return new OutputPump(loop, pipe.readEnd(), to);
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = NativeMemory.allocate(arena, bytes.length);
            memory.put(0, bytes, bytes.length);
            assertThat(pipe.writeEnd().write(memory.segment())).isEqualTo(bytes.length);
        }
    }

    private void until(BooleanSupplier condition) {
        Timer deadline =
                loop.schedule(Duration.ofSeconds(30), () -> problems.add(new AssertionError("waited in vain")));
        while (!condition.getAsBoolean() && problems.isEmpty()) {
            loop.runOnce();
        }
        deadline.cancel();
        assertThat(problems).isEmpty();
    }

    @Test
    void handsOnWhatComesAndTellsTheEnd() {
        OutputPump pump = pump(sink);
        write("one");
        until(() -> sink.text().equals("one"));
        write("two");
        until(() -> sink.text().equals("onetwo"));
        assertThat(sink.ends).isEmpty();
        pipe.writeEnd().close();
        until(pump::hasEnded);
        assertThat(sink.ends).containsExactly(true);
        assertThat(pipe.readEnd().isOpen()).isFalse();
    }

    /** However fast somebody refills it: the rest of the loop has its turn. */
    @Test
    void readsNoMoreAtATimeThanAPipeHolds() {
        OutputPump pump = pump(new OutputPump.Sink() {
            private int refills = 100;

            @Override
            public void bytes(byte[] bytes, int count) {
                sink.bytes(bytes, count);
                if (refills-- > 0) {
                    write("x".repeat(count));
                }
            }

            @Override
            public void end(boolean isComplete) {}
        });
        write("x".repeat(1 << 16));
        loop.runOnce();
        assertThat(sink.bytes.size()).isEqualTo(1 << 16);
        loop.runOnce();
        assertThat(sink.bytes.size()).isEqualTo(2 << 16);
        pump.discard();
    }

    @Test
    void givesUpOneThatSomebodyElseHolds() {
        OutputPump pump = pump(sink);
        write("last words");
        pump.finish(Duration.ofMillis(20));
        pump.finish(FOR_EVER);
        until(pump::hasEnded);
        assertThat(sink.text()).isEqualTo("last words");
        assertThat(sink.ends).containsExactly(false);
    }

    @Test
    void endThatComesBeforeTheLimitCounts() {
        OutputPump pump = pump(sink);
        write("all");
        pump.finish(FOR_EVER);
        pipe.writeEnd().close();
        until(pump::hasEnded);
        assertThat(sink.text()).isEqualTo("all");
        assertThat(sink.ends).containsExactly(true);
        pump.finish(Duration.ZERO);
        pump.close();
        assertThat(sink.ends).hasSize(1);
    }

    @Test
    void drainsWithoutTheLoop() {
        OutputPump pump = pump(sink);
        write("x".repeat(60_000));
        pump.drain();
        assertThat(sink.bytes.size()).isEqualTo(60_000);
        assertThat(pump.hasEnded()).isFalse();
        pipe.writeEnd().close();
        pump.drain();
        assertThat(sink.ends).containsExactly(true);
    }

    @Test
    void closesWhatItHasEvenIfTheSinkFails() {
        OutputPump pump = pump(new OutputPump.Sink() {
            @Override
            public void bytes(byte[] bytes, int count) {
                throw new IllegalStateException("bytes");
            }

            @Override
            public void end(boolean isComplete) {
                throw new IllegalStateException("end");
            }
        });
        write("x");
        while (problems.isEmpty()) {
            loop.runOnce();
        }
        pipe.writeEnd().close();
        while (!pump.hasEnded()) {
            loop.runOnce();
        }
        assertThat(problems).extracting(Throwable::getMessage).containsExactly("bytes", "end");
    }

    @Test
    void discardedTellsNobody() {
        OutputPump pump = pump(sink);
        write("x");
        pump.discard();
        assertThat(sink.text()).isEmpty();
        assertThat(sink.ends).isEmpty();
        assertThat(pump.hasEnded()).isTrue();
    }
}
