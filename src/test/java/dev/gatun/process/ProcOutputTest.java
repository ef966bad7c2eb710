package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcOutputTest {

    private final AtomicInteger roomAgain = new AtomicInteger();
    private final ProcOutput output = new ProcOutput(8, roomAgain::incrementAndGet);
    private final StringBuilder received = new StringBuilder();

    private boolean put(String text) {
        byte[] bytes = ("xx" + text).getBytes(StandardCharsets.UTF_8);
        return output.put(bytes, 2, bytes.length - 2);
    }

    private static String rest(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private final class Notes implements ProcOutput.Receiver {
        @Override
        public void bytes(byte[] bytes, int offset, int count) {
            received.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
        }

        @Override
        public void end() {
            received.append('|');
        }
    }

    @Test
    void untilSomebodyWantsItTheLauncherIsHeldUp() throws IOException {
        assertThat(put("1234567")).isTrue();
        assertThat(put("89")).as("full").isFalse();
        InputStream stream = output.stream();
        assertThat(stream.readNBytes(5)).hasSize(5);
        assertThat(roomAgain).hasValue(1);
        output.end();
        assertThat(rest(stream)).isEqualTo("6789");
    }

    @Test
    void whatIsDiscardedHoldsNobodyUp() {
        assertThat(put("123456789")).isFalse();
        output.discard();
        assertThat(roomAgain).hasValue(1);
        assertThat(put("123456789")).isTrue();
        assertThatThrownBy(output::stream).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReaderThatIsBehindHoldsTheLauncherUp() throws IOException {
        InputStream stream = output.stream();
        assertThat(put("1234567")).isTrue();
        assertThat(put("89")).as("full").isFalse();
        assertThat(put("0")).as("kept all the same").isFalse();
        assertThat(stream.readNBytes(2)).hasSize(2);
        assertThat(roomAgain).as("not yet half empty").hasValue(0);
        assertThat(stream.readNBytes(5)).hasSize(5);
        assertThat(roomAgain).hasValue(1);
        assertThat(put("a")).isTrue();
        output.end();
        assertThat(rest(stream)).isEqualTo("890a");
        assertThat(roomAgain).hasValue(1);
    }

    @Test
    void aReaderWaitsForBytesAndForTheEnd() throws Exception {
        InputStream stream = output.stream();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return rest(stream);
            } catch (IOException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        put("one");
        put("two");
        output.end();
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("onetwo");
    }

    @Test
    void whoClosesTheStreamGivesTheRestAway() throws IOException {
        InputStream stream = output.stream();
        put("123456789");
        stream.close();
        assertThat(roomAgain).hasValue(1);
        assertThat(put("123456789012345")).isTrue();
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.available()).isZero();
    }

    @Test
    void aReceiverIsToldOfWhatWasThereAndOfWhatComes() {
        put("abc");
        assertThat(put("123456789")).isFalse();
        output.forward(new Notes());
        assertThat(roomAgain).hasValue(1);
        assertThat(put("defghijklmnop")).isTrue();
        output.end();
        output.end();
        put("late");
        assertThat(received).hasToString("abc123456789defghijklmnop|");
    }

    @Test
    void aReceiverThatComesAfterTheEndIsToldOfIt() {
        put("abc");
        output.end();
        output.forward(new Notes());
        assertThat(received).hasToString("abc|");
    }

    @Test
    void itIsGivenToOneOnly() {
        output.stream();
        assertThatThrownBy(output::stream).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> output.forward(new Notes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this output has been given to somebody already");
    }
}
