package dev.gatun.spawner.check;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection to a Unix socket. */
final class SocketWire implements Wire {

    private final SocketChannel channel;

    private SocketWire(SocketChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException where nobody listens */
    static SocketWire connect(Path path) throws IOException {
        return new SocketWire(SocketChannel.open(UnixDomainSocketAddress.of(path)));
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        return channel.read(ByteBuffer.wrap(buffer));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void closeOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
