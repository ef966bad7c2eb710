package dev.gatun.service.dump;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program whose main thread reads from somebody who never says anything, until another ends that. */
final class PatienceProgram {

    private PatienceProgram() {}

    public static void main(String[] arguments) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(arguments[0]);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(address);
                Patience patience = new Patience();
                patience.reading(channel);
                endOnceItReads(patience, Path.of("/proc/self/task/" + Path.of("/proc/thread-self").toRealPath()
                        .getFileName() + "/syscall"));
                System.out.println("the read gave " + channel.read(ByteBuffer.allocate(1)));
            }
        }
    }

    private static void endOnceItReads(Patience patience, Path systemCall) {
        Thread other = new Thread(() -> {
            try {
                String read = System.getProperty("os.arch").equals("aarch64") ? "63 " : "0 ";
                while (!Files.readString(systemCall).startsWith(read)) {
                    Thread.yield();
                }
                patience.end();
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        });
        other.setDaemon(true);
        other.start();
    }
}
