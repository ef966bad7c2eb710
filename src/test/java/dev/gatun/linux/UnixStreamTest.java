package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections within one machine. */
class UnixStreamTest {

    private final Libc libc = new SystemLibc();

    @TempDir
    private Path folder;

    private UnixAddress address(String name) {
        return UnixAddress.parse(folder.resolve(name).toString());
    }

    @Test
    void aConnectionKnowsWhoseTheOtherEndIs() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
            try (StreamSocket socket = StreamSocket.connect(libc, address("s"))) {
                assertThat((long) socket.peerUser()).isEqualTo(libc.geteuid());
            }
        }
    }

    @Test
    void whereNobodyListensIsToldAtOnce() throws IOException {
        assertThatThrownBy(() -> StreamSocket.connect(libc, address("none")))
                .hasMessage("connect(" + folder.resolve("none") + "): ENOENT (No such file or directory)");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("left")));
        }
        assertThat(folder.resolve("left")).exists();
        assertThatThrownBy(() -> StreamSocket.connect(libc, address("left")))
                .isInstanceOfSatisfying(LinuxException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(Errno.ECONNREFUSED));
        Files.delete(folder.resolve("left"));
    }
}
