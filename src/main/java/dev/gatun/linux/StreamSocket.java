package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * One connection, of TCP (tcp(7)) or of this machine alone (unix(7)). Reads and writes give {@code -EAGAIN} where they would wait, and {@code -EPIPE} where the
 * other side is gone; the signal that goes with it finds the JVM's handler, which does nothing. For one thread.
 */
public final class StreamSocket extends Socket {

    /** {@code struct ucred}: pid, uid, gid. */
    private static final int UCRED_BYTES = 12;

    private static final int UCRED_USER_OFFSET = 4;

    StreamSocket(Libc libc, long number) {
        super(libc, number);
    }

    /**
     * Begins to connect. The socket is writable when that has come to an end, and {@link #error} says which.
     *
     * @throws LinuxException naming the address, where it is refused at once; on the loopback interface a refusal comes
     *     either way, as the kernel finds the time
     */
    public static StreamSocket connect(Libc libc, InternetAddress address) {
        requireNonNull(libc);
        StreamSocket socket = new StreamSocket(libc, create(libc, address.family(), Linux.SOCK_STREAM()));
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.connect(
                    socket.number(), address.allocate(arena).segment(), address.structBytes());
            if (result != -Linux.EINPROGRESS()) {
                LinuxException.check(result, "connect", address);
            }
            return socket;
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    /**
     * Connects to a socket of this machine. That is done or refused at once: ENOENT or ECONNREFUSED where nobody listens,
     * EAGAIN where too many wait to be accepted already.
     *
     * @throws LinuxException naming the address
     */
    public static StreamSocket connect(Libc libc, UnixAddress address) {
        requireNonNull(libc);
        StreamSocket socket = new StreamSocket(libc, create(libc, Linux.AF_UNIX(), Linux.SOCK_STREAM()));
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.connect(socket.number(), address.allocate(arena).segment(), address.structBytes());
            LinuxException.check(result, "connect", address);
            return socket;
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    /** Whose process has bound the other end, or connected it ({@code SO_PEERCRED}, unix(7)): the effective user id. */
    public int peerUser() {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory ucred = NativeMemory.allocate(arena, UCRED_BYTES);
            NativeMemory length = NativeMemory.allocate(arena, Integer.BYTES);
            length.putInt(0, UCRED_BYTES);
            long result = libc.getsockopt(
                    number(), Linux.SOL_SOCKET(), Linux.SO_PEERCRED(), ucred.segment(), length.segment());
            LinuxException.check(result, "getsockopt", "SO_PEERCRED");
            return ucred.getInt(UCRED_USER_OFFSET);
        }
    }

    /** The errno of what went wrong since the last call, 0 for nothing ({@code SO_ERROR}). */
    public int error() {
        return get(Linux.SOL_SOCKET(), Linux.SO_ERROR(), "SO_ERROR");
    }

    /**
     * Whether this end is at an address itself. Where nobody listens, the kernel may give a client that very port to
     * connect from; the connection then comes about, and leads back to the client.
     */
    public boolean isAt(InternetAddress address) {
        InternetAddress local = localAddress();
        return local.equals(address) || address.isWildcard() && local.port() == address.port();
    }

    /**
     * Tells the other side that nothing follows. Closing instead would make the kernel reset the connection wherever
     * something is left unread, and a reset can overtake what was written.
     *
     * @return 0 or {@code -errno}; ENOTCONN when the other side is gone already
     */
    public long shutdownOutput() {
        return libc.shutdown(number(), Linux.SHUT_WR());
    }
}
