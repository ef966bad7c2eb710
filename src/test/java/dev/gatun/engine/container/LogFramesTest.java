package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogFramesTest {

    private static byte[] frames(String... payloads) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String payload : payloads) {
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ByteBuffer.allocate(8).putInt(1 << 24).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private static String read(InputStream stream) throws IOException, InterruptedException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        LogFrames.read(stream, payload::write);
        return payload.toString(StandardCharsets.UTF_8);
    }

    @Test
    void payloadsComeInTheirOrder() throws Exception {
        String large = "x".repeat(100_000);
        assertThat(read(new ByteArrayInputStream(frames("one", "", large, "two")))).isEqualTo("one" + large + "two");
        assertThat(read(InputStream.nullInputStream())).isEmpty();
    }

    @Test
    void theyMayComeByteByByte() throws Exception {
        InputStream whole = new ByteArrayInputStream(frames("hello", "you"));
        assertThat(read(new InputStream() {
            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                return whole.read(into, offset, Math.min(count, 1));
            }
        })).isEqualTo("helloyou");
    }

    @Test
    void oneThatBreaksOffIsNotOneThatEnds() {
        byte[] whole = frames("hello");
        for (int length = 1; length < whole.length; length++) {
            InputStream part = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }
}
