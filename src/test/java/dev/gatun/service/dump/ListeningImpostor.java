package dev.gatun.service.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Listens where a JVM would that does not yet, and answers as the test says. */
final class ListeningImpostor implements AutoCloseable {

    /** Of version, command and three arguments. */
    private static final int REQUEST_WORDS = 5;

    private final Path socket;
    private final ServerSocketChannel server;
    private SocketChannel client;

    ListeningImpostor(int pid) throws IOException {
        socket = Path.of("/tmp/.java_pid" + pid);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** Waits for a request and gives its words. */
    String[] accept() throws IOException {
        client = server.accept();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        ByteBuffer one = ByteBuffer.allocate(1);
        int words = 0;
        while (words < REQUEST_WORDS && client.read(one.clear()) == 1) {
            request.write(one.get(0));
            words += one.get(0) == 0 ? 1 : 0;
        }
        return request.toString(StandardCharsets.UTF_8).split("\0", -1);
    }

    void answer(String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        client.close();
    }

    /** Waits until whoever asked is gone. */
    boolean seesTheEnd() throws IOException {
        return client.read(ByteBuffer.allocate(1)) < 0;
    }

    /** As a JVM that is killed: the file stays. */
    void leave() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (client != null) {
            client.close();
        }
        Files.deleteIfExists(socket);
    }
}
