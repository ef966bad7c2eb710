package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening and connecting, on the loopback interface. */
@ExtendWith(NoFdLeak.class)
@Timeout(30)
class TcpSocketTest {

    private static ListeningSocket listen(String host) {
        return ListeningSocket.bind(LIBC, InternetAddress.parse(host, 0), 16);
    }

    private static InternetAddress at(String host, ListeningSocket socket) {
        return InternetAddress.parse(host, socket.port());
    }

    private static StreamSocket accepted(ListeningSocket listening) {
        Kernel.awaitReadable(listening);
        return listening.accept().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aConnectionCarriesBytesBothWays(String host) {
        try (ListeningSocket listening = listen(host);
                StreamSocket client = StreamSocket.connect(LIBC, at(host, listening));
                StreamSocket server = accepted(listening)) {
            Kernel.write(client, "question");
            assertThat(Kernel.read(server)).asString().isEqualTo("question");
            Kernel.write(server, "answer");
            assertThat(Kernel.read(client)).asString().isEqualTo("answer");
            assertThat(client.error()).isZero();
        }
    }

    @Test
    void theKernelChoosesPortZero() {
        try (ListeningSocket one = listen("127.0.0.1"); ListeningSocket other = listen("::1")) {
            assertThat(one.port()).isBetween(1, 65535).isNotEqualTo(other.port());
        }
    }

    @Test
    void thePortThatWasAskedForIsTaken() {
        int port;
        try (ListeningSocket first = listen("127.0.0.1")) {
            port = first.port();
        }
        try (ListeningSocket second = ListeningSocket.bind(LIBC, InternetAddress.parse("127.0.0.1", port), 1)) {
            assertThat(second.port()).isEqualTo(port);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (ListeningSocket first = listen("127.0.0.1")) {
            InternetAddress address = at("127.0.0.1", first);
            assertThatThrownBy(() -> ListeningSocket.bind(LIBC, address, 1))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("bind(127.0.0.1:" + address.port() + "): EADDRINUSE (Address already in use)");
        }
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        assertThatThrownBy(() -> ListeningSocket.bind(LIBC, InternetAddress.parse("192.0.2.1", 8081), 1))
                .hasMessage("bind(192.0.2.1:8081): EADDRNOTAVAIL (Cannot assign requested address)");
    }

    @Test
    void aSocketThatTheKernelRefusesIsNamed() {
        Libc refusing = Kernel.with("socket", arguments -> (long) -Linux.EAFNOSUPPORT());
        assertThatThrownBy(() -> ListeningSocket.bind(refusing, InternetAddress.parse("::1", 80), 1))
                .hasMessage("socket(AF_INET6): EAFNOSUPPORT (Address family not supported by protocol)");
    }

    /** NoFdLeak sees what is left open. */
    @ParameterizedTest
    @ValueSource(strings = {"setsockopt", "bind", "listen"})
    void aRefusalLeavesNothingOpen(String call) {
        Libc refusing = Kernel.with(call, arguments -> (long) -Errno.ENOMEM);
        assertThatThrownBy(() -> ListeningSocket.bind(refusing, InternetAddress.parse("::", 0), 1))
                .hasMessageStartingWith(call + "(").hasMessageContaining("ENOMEM");
    }

    /** A connection that the server closed first stays in TIME_WAIT, at the server's port. */
    @Test
    void aPortIsFreeAtOnceAfterItsServerClosed() {
        int port;
        try (ListeningSocket listening = listen("127.0.0.1");
                StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening))) {
            accepted(listening).close();
            assertThat(Kernel.read(client)).isEmpty();
            port = listening.port();
        }
        ListeningSocket.bind(LIBC, InternetAddress.parse("127.0.0.1", port), 1).close();
    }

    @Test
    void theWildcardOfIpv6TakesBoth() {
        try (ListeningSocket listening = listen("::")) {
            for (String host : List.of("127.0.0.1", "::1")) {
                StreamSocket.connect(LIBC, at(host, listening)).close();
                accepted(listening).close();
            }
        }
    }

    @Test
    void nothingIsWaitedFor() {
        try (ListeningSocket listening = listen("127.0.0.1"); Arena arena = Arena.ofConfined()) {
            assertThat(listening.accept()).isEmpty();
            try (StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening));
                    StreamSocket server = accepted(listening)) {
                MemorySegment block = arena.allocate(1 << 20);
                assertThat(client.read(block)).isEqualTo(-Errno.EAGAIN);
                assertThat(server.read(block)).isEqualTo(-Errno.EAGAIN);
                long written;
                do {
                    written = server.write(block);
                } while (written > 0);
                assertThat(written).isEqualTo(-Errno.EAGAIN);
            }
        }
    }

    @Test
    void allAreClosedOnExec() {
        try (ListeningSocket listening = listen("127.0.0.1");
                StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening));
                StreamSocket server = accepted(listening)) {
            for (Fd fd : List.of(listening, client, server)) {
                assertThat(LIBC.fcntl(fd.number(), Linux.F_GETFD(), 0)).as("%s", fd).isEqualTo(Linux.FD_CLOEXEC());
            }
        }
    }

    @Test
    void aConnectionThatIsRefusedAtOnceIsNamed() {
        Libc refusing = Kernel.with("connect", arguments -> (long) -Linux.ECONNREFUSED());
        assertThatThrownBy(() -> StreamSocket.connect(refusing, InternetAddress.parse("::1", 80)))
                .hasMessage("connect([::1]:80): ECONNREFUSED (Connection refused)");
    }

    @Test
    void aConnectionIsRefusedWhereNobodyListens() {
        InternetAddress nobody;
        try (ListeningSocket closed = listen("127.0.0.1")) {
            nobody = at("127.0.0.1", closed);
        }
        try (StreamSocket client = StreamSocket.connect(LIBC, nobody)) {
            Kernel.awaitReadable(client);
            assertThat(client.error()).isEqualTo(Linux.ECONNREFUSED());
        } catch (LinuxException atOnce) {
            assertThat(atOnce.errno()).isEqualTo(Linux.ECONNREFUSED());
        }
    }

    /** The kernel is free to choose such a port; here it has no choice. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void aConnectionThatLeadsBackToItsClientIsSeen(String host) {
        int port;
        try (ListeningSocket free = listen("127.0.0.1")) {
            port = free.port();
        }
        Libc binding = Kernel.with("connect", arguments -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment own = InternetAddress.parse("127.0.0.1", port).allocate(arena).segment();
                assertThat(LIBC.bind((int) arguments[0], own, InternetAddress.IPV4_BYTES)).isZero();
                return LIBC.connect((int) arguments[0], (MemorySegment) arguments[1], (int) arguments[2]);
            }
        });
        InternetAddress address = InternetAddress.parse(host, port);
        try (StreamSocket client = StreamSocket.connect(binding, address)) {
            assertThat(client.error()).isZero();
            assertThat(client.isAt(address)).isTrue();
        }
        try (ListeningSocket listening = listen("127.0.0.1");
                StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening))) {
            assertThat(client.isAt(at("127.0.0.1", listening))).isFalse();
        }
    }

    /** As it is with a host that is further away: the answer comes later. */
    @Test
    void aConnectionInProgressIsNoFailure() {
        Libc slow = Kernel.with("connect", arguments -> (long) -Linux.EINPROGRESS());
        try (StreamSocket client = StreamSocket.connect(slow, InternetAddress.parse("127.0.0.1", 1))) {
            assertThat(client.error()).isZero();
        }
    }

    /** Who closes without having read everything resets the connection. */
    @Test
    void theErrorOfAResetIsToldOnce() {
        try (ListeningSocket listening = listen("127.0.0.1")) {
            StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening));
            try (StreamSocket server = accepted(listening)) {
                Kernel.write(server, "never read");
                Kernel.awaitReadable(client);
                client.close();
                Kernel.awaitReadable(server);
                assertThat(server.error()).isEqualTo(Linux.ECONNRESET());
                assertThat(server.error()).isZero();
            }
        }
    }

    @Test
    void theOtherSideSeesTheEndOfTheOutputAndCanGoOn() {
        try (ListeningSocket listening = listen("127.0.0.1");
                StreamSocket client = StreamSocket.connect(LIBC, at("127.0.0.1", listening));
                StreamSocket server = accepted(listening)) {
            Kernel.write(server, "all");
            assertThat(server.shutdownOutput()).isZero();
            assertThat(Kernel.read(client)).asString().isEqualTo("all");
            assertThat(Kernel.read(client)).isEmpty();
            Kernel.write(client, "still here");
            assertThat(Kernel.read(server)).asString().isEqualTo("still here");
        }
    }

    @Test
    void aConnectionThatIsGoneBeforeItIsAcceptedConcernsNobody() {
        for (int errno : new int[]{Linux.ECONNABORTED(), Errno.EINTR, Linux.EHOSTUNREACH(), Linux.EPROTO()}) {
            Libc aborting = Kernel.with("accept4", arguments -> (long) -errno);
            try (ListeningSocket listening =
                    ListeningSocket.bind(aborting, InternetAddress.parse("127.0.0.1", 0), 1)) {
                assertThat(listening.accept()).as(Errno.name(errno)).isEqualTo(Optional.empty());
            }
        }
    }

    @Test
    void aShortageOfDescriptorsIsTold() {
        Libc full = Kernel.with("accept4", arguments -> (long) -Errno.EMFILE);
        try (ListeningSocket listening = ListeningSocket.bind(full, InternetAddress.parse("127.0.0.1", 0), 1)) {
            assertThatThrownBy(listening::accept)
                    .hasMessageMatching("accept4\\(ListeningSocket\\(\\d+\\)\\): EMFILE .*");
        }
    }
}
