package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.Watch;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A client that says what it is told to and keeps what it hears, on the loop of the test. */
final class HttpClient implements AutoCloseable {

    private final StreamSocket socket;
    private final Watch watch;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), 64 * 1024);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private boolean closed;
    private int errno;

    HttpClient(TestLoop test, int port) {
        socket = StreamSocket.connect(test.libc, InternetAddress.parse("127.0.0.1", port));
        watch = test.loop.watch(socket, Epoll.READABLE, readiness -> read());
    }

    private void read() {
        long count = socket.read(buffer.segment());
        if (count > 0) {
            heard.writeBytes(buffer.get(0, (int) count));
        } else if (count != -Errno.EAGAIN) {
            errno = (int) -count;
            closed = true;
            watch.cancel();
        }
    }

    HttpClient send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(trySend(bytes)).isEqualTo(bytes.length);
        return this;
    }

    /** Once: the count, or {@code -errno}. */
    long trySend(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = NativeMemory.allocate(arena, bytes.length);
            memory.put(0, bytes, bytes.length);
            return socket.write(memory.segment());
        }
    }

    HttpClient endOutput() {
        assertThat(socket.shutdownOutput()).isZero();
        return this;
    }

    /** Whether the server has closed, or is gone. */
    boolean isClosed() {
        return closed;
    }

    boolean isReset() {
        return errno == Errno.number("ECONNRESET");
    }

    String heard() {
        return heard.toString(StandardCharsets.UTF_8);
    }

    String statusLine() {
        String text = heard();
        return text.substring(0, Math.max(0, text.indexOf("\r\n")));
    }

    String body() {
        return heard().substring(heard().indexOf("\r\n\r\n") + 4);
    }

    @Override
    public void close() {
        watch.cancel();
        socket.close();
    }
}
