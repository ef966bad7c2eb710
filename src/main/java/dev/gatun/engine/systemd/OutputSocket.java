package dev.gatun.engine.systemd;

import dev.gatun.process.LineSplitter;
import dev.gatun.process.ProcOutput;
import dev.gatun.process.Tail;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One output of a unit: a socket that systemd connects to where it was to open a file, as it does since version 236 when
 * the file of {@code StandardOutput=file:…} turns out to be one. The other way, descriptors in the message, is closed:
 * the JDK's sockets cannot pass any.
 *
 * <p>After {@link #open} for the reader's thread, but for what says otherwise.
 */
final class OutputSocket {

    private static final int MAX_TAIL_BYTES = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 14;

    /** As much as is read before the others have their turn. */
    private static final int READS_AT_A_TIME = 4;

    private final OutputReader reader;
    private final Path path;
    private final ServerSocketChannel server;
    private final ProcOutput output;
    private final Tail tail;
    private final LineSplitter lines;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final CompletableFuture<List<String>> ended = new CompletableFuture<>();
    private SocketChannel channel;
    private SelectionKey key;
    private boolean isPaused;

    private OutputSocket(OutputReader reader, Path path, ServerSocketChannel server, int tailLines) {
        this.reader = reader;
        this.path = path;
        this.server = server;
        this.output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, () -> reader.post(this::resume));
        this.tail = new Tail(tailLines, MAX_TAIL_BYTES);
        this.lines = new LineSplitter(tail::add);
    }

    /** Waits for systemd at a path where there is nothing yet. */
    static OutputSocket open(OutputReader reader, Path path, int tailLines) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path), 1).configureBlocking(false);
        } catch (IOException | IllegalArgumentException refused) {
            server.close();
            throw new IOException("the socket " + path + " cannot be made: " + refused.getMessage(), refused);
        }
        OutputSocket socket = new OutputSocket(reader, path, server, tailLines);
        reader.post(socket::register);
        return socket;
    }

    /** From any thread. */
    String path() {
        return path.toString();
    }

    /** From any thread. */
    ProcOutput output() {
        return output;
    }

    /** Completes with the last lines when nothing more comes. From any thread. */
    CompletableFuture<List<String>> ended() {
        return ended;
    }

    private void register() {
        try {
            key = server.register(reader.selector(), SelectionKey.OP_ACCEPT, this);
        } catch (IOException closed) {
            end();
        }
    }

    void ready() {
        try {
            if (channel == null) {
                accept();
            } else {
                read();
            }
        } catch (IOException broken) {
            end();
        }
    }

    private void accept() throws IOException {
        SocketChannel accepted = server.accept();
        if (accepted != null) {
            channel = accepted;
            stopListening();
            channel.configureBlocking(false);
            key = channel.register(reader.selector(), SelectionKey.OP_READ, this);
        }
    }

    private void read() throws IOException {
        for (int reads = 0; reads < READS_AT_A_TIME && !isPaused; reads++) {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                end();
                return;
            }
            if (count == 0) {
                return;
            }
            lines.add(buffer.array(), 0, count);
            if (!output.put(buffer.array(), 0, count)) {
                isPaused = true;
                key.interestOps(0);
            }
        }
    }

    private void resume() {
        if (isPaused && !ended.isDone()) {
            isPaused = false;
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** The unit is over: who has not connected will not. */
    void finish() {
        if (channel == null && !ended.isDone()) {
            ready();
            if (channel == null) {
                end();
            }
        }
    }

    /** Enough of waiting: somebody outside the unit may hold the other end. What a slow reader has yet to read stays. */
    void giveUp() {
        if (!isPaused) {
            end();
        }
    }

    /** The lines so far, as many as are kept. */
    List<String> tail() {
        return tail.lines();
    }

    void end() {
        if (ended.isDone()) {
            return;
        }
        lines.end();
        stopListening();
        closeChannel();
        output.end();
        ended.complete(tail.lines());
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException useless) {
            // Closed it is.
        }
    }

    private void stopListening() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException useless) {
            // The folder goes as a whole at the end.
        }
    }
}
