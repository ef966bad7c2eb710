package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A socket for messages between the processes of one machine, each with the credentials of its sender as the kernel
 * vouches for them (unix(7)). For one thread.
 *
 * <p>A sender can attach descriptors. None gets in: there is room for the credentials alone, and the kernel closes what
 * it has no room for.
 */
public final class DatagramSocket extends Socket {

    /** What a message may hold; sd_notify(3) sends less than a pipe's atomic write. */
    public static final int MAX_PAYLOAD_BYTES = 4096;

    private static final int ANYBODY = 0666;

    private final Optional<UnixAddress> address;
    private final MessageBuffer buffer = new MessageBuffer(MAX_PAYLOAD_BYTES);

    /**
     * A message that arrived.
     *
     * @param payload its bytes, the first {@link #MAX_PAYLOAD_BYTES}
     * @param truncated whether there were more, which are lost
     * @param senderPid who sent it, as seen from our PID namespace; 0 for a process outside
     * @param senderUid the sender's user id
     */
    public record Datagram(byte[] payload, boolean truncated, int senderPid, int senderUid) {}

    private DatagramSocket(Libc libc, Optional<UnixAddress> address) {
        super(libc, create(libc, Linux.AF_UNIX(), Linux.SOCK_DGRAM()));
        this.address = address;
    }

    /** A socket to send from. */
    public static DatagramSocket open(Libc libc) {
        return new DatagramSocket(requireNonNull(libc), Optional.empty());
    }

    /**
     * A socket that receives at an address. The file of a path is for everybody to write to, since a sender may have
     * another user than we; it goes when the socket is closed. One that is there already is replaced if it belongs to a
     * socket whose owner has ended.
     *
     * @throws LinuxException naming the address, with EADDRINUSE where a socket or another kind of file is there
     */
    public static DatagramSocket bind(Libc libc, UnixAddress address) {
        DatagramSocket socket = new DatagramSocket(requireNonNull(libc), Optional.of(address));
        try (Arena arena = Arena.ofConfined()) {
            // Before there is an address to send to: what was sent without it arrives without a sender.
            socket.set(Linux.SOL_SOCKET(), Linux.SO_PASSCRED(), "SO_PASSCRED", 1);
            socket.bind(arena);
            return socket;
        } catch (LinuxException refused) {
            socket.closeOnly();
            throw refused;
        }
    }

    private void bind(Arena arena) {
        UnixAddress own = address.orElseThrow();
        NativeMemory struct = own.allocate(arena);
        long bound = libc.bind(number(), struct.segment(), own.structBytes());
        if (bound == -Linux.EADDRINUSE() && !own.isAbstract() && isAbandoned(own, struct)) {
            libc.unlink(own.name().allocate(arena));
            bound = libc.bind(number(), struct.segment(), own.structBytes());
        }
        LinuxException.check(bound, "bind", own);
        if (!own.isAbstract()) {
            LinuxException.check(libc.chmod(own.name().allocate(arena), ANYBODY), "chmod", own);
        }
    }

    private boolean isAbandoned(UnixAddress own, NativeMemory struct) {
        try (DatagramSocket knocking = open(libc)) {
            long connected = libc.connect(knocking.number(), struct.segment(), own.structBytes());
            return connected == -Linux.ECONNREFUSED() && isSocket(own.name());
        }
    }

    /** Connecting is refused for any kind of file that nobody listens at, but opening gives ENXIO for sockets alone. */
    private boolean isSocket(CString path) {
        long opened = tryOpen(libc, path, Linux.O_RDONLY() | Linux.O_NONBLOCK() | Linux.O_NOCTTY());
        if (opened >= 0) {
            libc.close((int) opened);
        }
        return opened == -Linux.ENXIO();
    }

    public Optional<UnixAddress> address() {
        return address;
    }

    /**
     * Sends a message.
     *
     * @return the number of bytes, or {@code -errno}: EAGAIN when the receiver has too many waiting
     */
    public long send(UnixAddress receiver, byte[] payload) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory message = NativeMemory.allocate(arena, Math.max(1, payload.length));
            message.put(0, payload, payload.length);
            NativeMemory struct = receiver.allocate(arena);
            return libc.sendto(number(), message.segment(), payload.length, Linux.MSG_NOSIGNAL(), struct.segment(),
                    receiver.structBytes());
        }
    }

    /** Takes one message; empty when there is none. */
    public Optional<Datagram> receive() {
        long bytes = libc.recvmsg(number(), buffer.message(), Linux.MSG_CMSG_CLOEXEC());
        if (bytes == -Errno.EAGAIN || bytes == -Errno.EINTR) {
            return Optional.empty();
        }
        LinuxException.check(bytes, "recvmsg", this);
        return Optional.of(buffer.datagram((int) bytes));
    }

    private void closeOnly() {
        super.close();
    }

    /** Closes the socket and removes its file. */
    @Override
    public void close() {
        if (isOpen() && address.isPresent() && !address.get().isAbstract()) {
            try (Arena arena = Arena.ofConfined()) {
                libc.unlink(address.get().name().allocate(arena));
            }
        }
        super.close();
    }
}
