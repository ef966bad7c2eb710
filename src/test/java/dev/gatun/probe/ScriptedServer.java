package dev.gatun.probe;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.Watch;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server that says the same to everybody once it has heard something, on the loop of the test. */
final class ScriptedServer implements AutoCloseable {

    private final TestLoop test;
    private final ListeningSocket socket;
    private final Watch watch;
    private final List<Connection> connections = new ArrayList<>();
    private final String[] pieces;
    private final boolean closing;
    private String heard = "";

    /**
     * Listens.
     *
     * @param closing whether it closes after the last piece, with all that was sent to it unread
     * @param pieces what it says, each in a turn of the loop of its own
     */
    ScriptedServer(TestLoop test, boolean closing, String... pieces) {
        this.test = test;
        this.closing = closing;
        this.pieces = pieces;
        socket = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 16);
        watch = test.loop.watch(socket, Epoll.READABLE, readiness -> accept());
    }

    InternetAddress address() {
        return InternetAddress.parse("127.0.0.1", socket.port());
    }

    /** Everything that was sent to it. */
    String heard() {
        return heard;
    }

    /** How many connections it has closed itself. */
    long closed() {
        return connections.stream().filter(connection -> !connection.stream.isOpen() && !connection.left).count();
    }

    /** How many of them the client has closed. */
    long left() {
        return connections.stream().filter(connection -> connection.left).count();
    }

    /** Says something more to all that are there. */
    void say(String text) {
        for (Connection connection : connections) {
            if (connection.answering && connection.stream.isOpen()) {
                connection.write(text);
            }
        }
    }

    private void accept() {
        Optional<StreamSocket> accepted = socket.accept();
        accepted.ifPresent(stream -> connections.add(new Connection(stream)));
    }

    private final class Connection {

        private final StreamSocket stream;
        private final Watch streamWatch;
        private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), 64 * 1024);
        private boolean left;
        private boolean answering;

        Connection(StreamSocket stream) {
            this.stream = stream;
            this.streamWatch = test.loop.watch(stream, Epoll.READABLE, readiness -> read());
        }

        private void read() {
            long count = stream.read(buffer.segment());
            if (count > 0) {
                heard += new String(buffer.get(0, (int) count), StandardCharsets.ISO_8859_1);
                if (!answering) {
                    answering = true;
                    say(0);
                }
            } else if (count != -Errno.EAGAIN) {
                left = true;
                close();
            }
        }

        private void say(int piece) {
            if (!stream.isOpen()) {
                return;
            }
            if (piece == pieces.length) {
                if (closing) {
                    close();
                }
                return;
            }
            write(pieces[piece]);
            test.loop.post(() -> say(piece + 1));
        }

        private void write(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            buffer.put(0, bytes, bytes.length);
            stream.write(buffer.segment().asSlice(0, bytes.length));
        }

        private void close() {
            streamWatch.cancel();
            stream.close();
        }
    }

    @Override
    public void close() {
        connections.forEach(Connection::close);
        watch.cancel();
        socket.close();
    }
}
