package dev.gatun.linux;

import static java.lang.foreign.MemorySegment.NULL;
import static java.util.Objects.requireNonNull;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.Optional;

/** A TCP socket that takes connections (listen(2)). It is readable when there is one. For one thread. */
public final class ListeningSocket extends Socket {

    private ListeningSocket(Libc libc, long number) {
        super(libc, number);
    }

    /**
     * Takes a port. The IPv6 wildcard {@code ::} takes IPv4 connections as well, whatever the machine's default is.
     *
     * @param backlog how many connections may wait to be accepted; the kernel has an upper limit of its own
     * @throws LinuxException naming the address: {@code bind(127.0.0.1:8081): EADDRINUSE (Address already in use)}
     */
    public static ListeningSocket bind(Libc libc, InternetAddress address, int backlog) {
        requireNonNull(libc);
        ListeningSocket socket =
                new ListeningSocket(libc, create(libc, address.family(), Linux.SOCK_STREAM()));
        try {
            socket.listen(address, backlog);
            return socket;
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private void listen(InternetAddress address, int backlog) {
        // Connections that we closed first keep the port for a minute (TIME_WAIT): a restart would be refused.
        set(Linux.SOL_SOCKET(), Linux.SO_REUSEADDR(), "SO_REUSEADDR", 1);
        if (address.isIpv6() && address.isWildcard()) {
            set(Linux.IPPROTO_IPV6(), Linux.IPV6_V6ONLY(), "IPV6_V6ONLY", 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory struct = address.allocate(arena);
            long bound = libc.bind(number(), struct.segment(), address.structBytes());
            LinuxException.check(bound, "bind", address);
        }
        // Two sockets may be bound to a port as long as neither listens, so this can be refused as well.
        LinuxException.check(libc.listen(number(), backlog), "listen", address);
    }

    /** The port, which the kernel has chosen where 0 was asked for. */
    public int port() {
        return localAddress().port();
    }

    /**
     * Takes one connection.
     *
     * @return empty when there is none, or when it was gone before we came to it
     * @throws LinuxException when there is no descriptor or no memory left for it; the connection goes on waiting, and
     *     the socket stays readable
     */
    public Optional<StreamSocket> accept() {
        long number = libc.accept4(number(), NULL, NULL, Linux.SOCK_NONBLOCK() | Linux.SOCK_CLOEXEC());
        if (number < 0 && isOfTheConnection((int) -number)) {
            return Optional.empty();
        }
        return Optional.of(new StreamSocket(libc, LinuxException.check(number, "accept4", this)));
    }

    /** Linux passes errors of the new connection on as those of the call (accept(2)): they concern nobody else. */
    private static boolean isOfTheConnection(int errno) {
        return errno == Errno.EAGAIN
                || errno == Errno.EINTR
                || errno == Linux.ECONNABORTED()
                || errno == Linux.EPROTO()
                || errno == Linux.ENOPROTOOPT()
                || errno == Linux.EOPNOTSUPP()
                || errno == Linux.ENETDOWN()
                || errno == Linux.ENETUNREACH()
                || errno == Linux.EHOSTDOWN()
                || errno == Linux.EHOSTUNREACH()
                || errno == Linux.ENONET()
                || errno == Errno.EPERM;
    }
}
