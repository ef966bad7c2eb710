package dev.gatun.service.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to HotSpot's attach listener, good for one command: a socket in its {@code /tmp}. A JVM listens from the
 * first request on, or from its start with {@code -Xrs}.
 */
final class AttachConnection implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int CHUNK_BYTES = 4096;

    /** More than any answer to what is asked here. */
    private static final int REPLY_MAX_BYTES = 65_536;

    private final SocketChannel channel;
    private final Patience patience;

    private AttachConnection(SocketChannel channel, Patience patience) {
        this.channel = channel;
        this.patience = patience;
    }

    /**
     * Connects, and has the JVM listen if it does not.
     *
     * @param limit how long it may take to begin to listen; one that collects garbage all the time takes seconds
     * @throws DumpFailure with the reason, also when nobody waits any more
     */
    static AttachConnection open(JvmProcess jvm, Duration limit, Patience patience) throws DumpFailure, IOException {
        Optional<SocketChannel> connected = connect(jvm.socket());
        if (connected.isEmpty()) {
            try (AttachTrigger trigger = AttachTrigger.make(jvm)) {
                trigger.pull();
                connected = await(jvm, System.nanoTime() + limit.toNanos(), patience);
            }
        }
        if (connected.isEmpty()) {
            throw new DumpFailure(Words.process(jvm.process()) + " has not begun to listen within "
                    + Words.duration(limit) + ": it is stopped, too busy, or does not let anybody attach");
        }
        patience.reading(connected.get());
        return new AttachConnection(connected.get(), patience);
    }

    /** Looks again and again: it is a matter of milliseconds as a rule, and a folder of another namespace. */
    private static Optional<SocketChannel> await(JvmProcess jvm, long deadlineNanos, Patience patience)
            throws DumpFailure, IOException {
        Path socket = jvm.socket();
        Optional<SocketChannel> connected = connect(socket);
        while (connected.isEmpty() && System.nanoTime() < deadlineNanos) {
            if (jvm.hasEnded()) {
                throw new DumpFailure(Words.process(jvm.process()) + " has ended");
            }
            if (!patience.pause(PAUSE)) {
                throw new DumpFailure("nobody waits any more");
            }
            connected = connect(socket);
        }
        return connected;
    }

    /** Empty where nobody listens: no file yet, or one that a JVM with the same pid has left behind. */
    private static Optional<SocketChannel> connect(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Optional.of(channel);
        } catch (IOException refused) {
            channel.close();
            return Optional.empty();
        }
    }

    /** Sends a command and waits for the answer, which comes when all is done. */
    AttachReply request(ByteBuffer command) throws IOException {
        while (command.hasRemaining()) {
            channel.write(command);
        }
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (reply.size() < REPLY_MAX_BYTES && channel.read(chunk) >= 0) {
            reply.write(chunk.array(), 0, chunk.position());
            chunk.clear();
        }
        return AttachReply.parse(reply.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Nothing was left to be written.
        }
    }
}
