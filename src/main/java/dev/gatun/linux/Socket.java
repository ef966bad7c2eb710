package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/** What all sockets have: they do not wait, and their options are ints (socket(7)). */
abstract sealed class Socket extends Fd permits DatagramSocket, ListeningSocket, StreamSocket {

    private static final int INT_BYTES = 4;

    Socket(Libc libc, long number) {
        super(libc, number);
    }

    /** A new descriptor, non-blocking and close-on-exec. */
    static long create(Libc libc, int family, int type) {
        long number = libc.socket(family, type | Linux.SOCK_NONBLOCK() | Linux.SOCK_CLOEXEC(), 0);
        return LinuxException.check(number, "socket", familyName(family));
    }

    private static String familyName(int family) {
        if (family == Linux.AF_UNIX()) {
            return "AF_UNIX";
        }
        return family == Linux.AF_INET6() ? "AF_INET6" : "AF_INET";
    }

    final void set(int level, int option, String name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = NativeMemory.allocate(arena, INT_BYTES);
            memory.putInt(0, value);
            long result = libc.setsockopt(number(), level, option, memory.segment(), INT_BYTES);
            LinuxException.check(result, "setsockopt", name);
        }
    }

    final int get(int level, int option, String name) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory value = NativeMemory.allocate(arena, INT_BYTES);
            NativeMemory length = NativeMemory.allocate(arena, INT_BYTES);
            length.putInt(0, INT_BYTES);
            long result = libc.getsockopt(number(), level, option, value.segment(), length.segment());
            LinuxException.check(result, "getsockopt", name);
            return value.getInt(0);
        }
    }

    /** Where this end of a TCP socket is. */
    final InternetAddress localAddress() {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory struct = NativeMemory.allocate(arena, InternetAddress.IPV6_BYTES);
            NativeMemory length = NativeMemory.allocate(arena, INT_BYTES);
            length.putInt(0, InternetAddress.IPV6_BYTES);
            LinuxException.check(libc.getsockname(number(), struct.segment(), length.segment()), "getsockname", this);
            return InternetAddress.of(struct);
        }
    }
}
