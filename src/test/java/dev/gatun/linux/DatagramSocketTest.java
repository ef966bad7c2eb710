package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
@Timeout(30)
class DatagramSocketTest {

    @TempDir
    Path folder;

    private UnixAddress path() {
        return UnixAddress.parse(folder.resolve("socket").toString());
    }

    private static UnixAddress abstractName() {
        return UnixAddress.parse("@gatun-test-" + ProcessHandle.current().pid());
    }

    private UnixAddress address(String kind) {
        return kind.equals("path") ? path() : abstractName();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(UnixAddress to, String text) {
        try (DatagramSocket sender = DatagramSocket.open(LIBC)) {
            assertThat(sender.send(to, bytes(text))).isEqualTo(bytes(text).length);
        }
    }

    private static DatagramSocket.Datagram received(DatagramSocket socket) {
        Kernel.awaitReadable(socket);
        return socket.receive().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "abstract"})
    void messagesArriveOneByOneWithTheirSender(String kind) {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, address(kind))) {
            send(address(kind), "first");
            send(address(kind), "second");
            send(address(kind), "");
            for (String expected : List.of("first", "second", "")) {
                DatagramSocket.Datagram datagram = received(socket);
                assertThat(datagram.payload()).asString().isEqualTo(expected);
                assertThat(datagram.truncated()).isFalse();
                assertThat(datagram.senderPid()).isEqualTo((int) LIBC.getpid());
                assertThat(datagram.senderUid()).isEqualTo((int) LIBC.getuid());
            }
            assertThat(socket.receive()).isEmpty();
        }
    }

    @Test
    void theSenderIsTheOneThatSent() throws Exception {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, path())) {
            Process child = python("import socket\n"
                    + "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'child', '" + path() + "')");
            assertThat(received(socket).senderPid()).isEqualTo((int) child.pid());
            assertThat(child.waitFor()).isZero();
        }
    }

    @Test
    void anotherUserMayWriteToAPath() throws Exception {
        Kernel.assumeRoot("become somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, path())) {
            AsNobody.run(() -> send(path(), "from nobody"));
            assertThat(received(socket).senderUid()).isEqualTo(Kernel.NOBODY);
        }
    }

    @Test
    void aMessageThatIsTooLongIsCutAndSaysSo() {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, abstractName())) {
            send(abstractName(), "x".repeat(DatagramSocket.MAX_PAYLOAD_BYTES));
            assertThat(received(socket).truncated()).isFalse();
            send(abstractName(), "y".repeat(DatagramSocket.MAX_PAYLOAD_BYTES + 1));
            DatagramSocket.Datagram cut = received(socket);
            assertThat(cut.truncated()).isTrue();
            assertThat(cut.payload()).hasSize(DatagramSocket.MAX_PAYLOAD_BYTES);
            send(abstractName(), "next");
            assertThat(received(socket).truncated()).isFalse();
        }
    }

    /** As many as one message can carry; each would be one of ours now, and the sender could use up all we may have. */
    @Test
    void descriptorsThatComeWithAMessageAreClosedAtOnce() throws Exception {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, path())) {
            Process child = python("import array, os, socket\n"
                    + "reader, writer = os.pipe()\n"
                    + "sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
                    + "rights = array.array('i', [writer] * 253)\n"
                    + "sender.sendmsg([b'FDSTORE=1'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)], 0, '" + path()
                    + "')\n"
                    + "os.close(writer)\n"
                    + "assert os.read(reader, 1) == b''\n");
            List<String> before = descriptors();
            DatagramSocket.Datagram datagram = received(socket);
            assertThat(datagram.payload()).asString().isEqualTo("FDSTORE=1");
            assertThat(datagram.senderPid()).isEqualTo((int) child.pid());
            assertThat(descriptors()).isEqualTo(before);
            // It reads the end of its pipe only when nobody holds the other side any more: sd_notify_barrier(3).
            assertThat(child.waitFor()).isZero();
        }
    }

    private static List<String> descriptors() throws IOException {
        List<String> sockets = new ArrayList<>();
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).toString().startsWith("pipe:")) {
                    sockets.add(file.toString());
                }
            }
        }
        return sockets;
    }

    private static Process python(String script) throws IOException {
        return new ProcessBuilder("python3", "-c", script).redirectErrorStream(true).inheritIO().start();
    }

    @Test
    void aSocketWhoseOwnerHasEndedIsReplaced() throws Exception {
        Path kept = folder.resolve("kept");
        DatagramSocket first = DatagramSocket.bind(LIBC, path());
        Files.createLink(kept, folder.resolve("socket"));
        first.close();
        Files.move(kept, folder.resolve("socket"));
        try (DatagramSocket second = DatagramSocket.bind(LIBC, path())) {
            send(path(), "to the second");
            assertThat(received(second).payload()).asString().isEqualTo("to the second");
        }
    }

    @Test
    void aSocketThatIsInUseIsNotReplaced() {
        try (DatagramSocket first = DatagramSocket.bind(LIBC, path())) {
            assertThatThrownBy(() -> DatagramSocket.bind(LIBC, path()))
                    .isInstanceOf(LinuxException.class)
                    .hasMessage("bind(" + path() + "): EADDRINUSE (Address already in use)");
            send(path(), "still here");
            assertThat(received(first).payload()).asString().isEqualTo("still here");
        }
    }

    @Test
    void aFileThatIsNoSocketIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("socket"), "precious");
        assertThatThrownBy(() -> DatagramSocket.bind(LIBC, path())).hasMessageContaining("EADDRINUSE");
        assertThat(folder.resolve("socket")).hasContent("precious");
    }

    @Test
    void anAbstractNameThatIsInUseIsRefused() {
        try (DatagramSocket first = DatagramSocket.bind(LIBC, abstractName())) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(() -> DatagramSocket.bind(LIBC, abstractName()))
                    .hasMessage("bind(" + abstractName() + "): EADDRINUSE (Address already in use)");
        }
    }

    @Test
    void theFileGoesWithTheSocket() {
        DatagramSocket socket = DatagramSocket.bind(LIBC, path());
        assertThat(folder.resolve("socket")).exists();
        socket.close();
        assertThat(folder.resolve("socket")).doesNotExist();
        try (DatagramSocket next = DatagramSocket.bind(LIBC, path())) {
            socket.close();
            assertThat(folder.resolve("socket")).as("of %s", next).exists();
        }
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        UnixAddress address = UnixAddress.parse(folder.resolve("none/socket").toString());
        assertThatThrownBy(() -> DatagramSocket.bind(LIBC, address))
                .hasMessage("bind(" + address + "): ENOENT (No such file or directory)");
    }

    @Test
    void isClosedOnExec() {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, abstractName())) {
            assertThat(LIBC.fcntl(socket.number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
        }
    }

    @Test
    void aReceiverThatDoesNotReadIsNotWaitedFor() {
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, abstractName());
                DatagramSocket sender = DatagramSocket.open(LIBC)) {
            long result;
            do {
                result = sender.send(abstractName(), bytes("more"));
            } while (result > 0);
            assertThat(result).as("to %s", socket).isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void nobodyReceives() {
        try (DatagramSocket sender = DatagramSocket.open(LIBC)) {
            assertThat(sender.send(path(), bytes("x"))).isEqualTo(-Errno.ENOENT);
            assertThat(sender.send(abstractName(), bytes("x"))).isEqualTo(-Linux.ECONNREFUSED());
            assertThat(sender.address()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void addressesAreReadAsNotifySocketHasThem() {
        assertThat(UnixAddress.parse("/run/notify")).hasToString("/run/notify")
                .isEqualTo(new UnixAddress(CString.of("/run/notify"), false));
        assertThat(UnixAddress.parse("@name")).hasToString("@name")
                .isEqualTo(new UnixAddress(CString.of("name"), true));
        assertThat(UnixAddress.parse("x".repeat(107)).structBytes()).isEqualTo(110);
        assertThatThrownBy(() -> UnixAddress.parse("x".repeat(108)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the address of a socket has 1 to 107 bytes, ").hasMessageEndingWith("has 108");
        assertThatThrownBy(() -> UnixAddress.parse("@")).hasMessageEndingWith("has 0");
    }

    @Test
    void theLongestAddressesWork() {
        String prefix = folder + "/";
        UnixAddress longest = UnixAddress.parse(prefix + "s".repeat(107 - prefix.length()));
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, longest)) {
            send(longest, "far");
            assertThat(received(socket).payload()).asString().isEqualTo("far");
        }
        UnixAddress named = UnixAddress.parse("@" + "n".repeat(107));
        try (DatagramSocket socket = DatagramSocket.bind(LIBC, named)) {
            send(named, "away");
            assertThat(received(socket).payload()).asString().isEqualTo("away");
        }
    }

    /** A struct that is given back shorter than it was asked for, as a kernel without credentials would. */
    @Test
    void aMessageWithoutCredentialsIsFromNobody() {
        Libc without = Kernel.with("recvmsg", arguments -> {
            MemorySegment header = (MemorySegment) arguments[1];
            header.set(ValueLayout.JAVA_LONG, MessageBuffer.CONTROL_LENGTH_OFFSET, 0);
            return 0L;
        });
        try (DatagramSocket socket = DatagramSocket.bind(without, abstractName())) {
            DatagramSocket.Datagram datagram = socket.receive().orElseThrow();
            assertThat(datagram.senderPid()).isZero();
            assertThat(datagram.senderUid()).isEqualTo(-1);
        }
    }
}
