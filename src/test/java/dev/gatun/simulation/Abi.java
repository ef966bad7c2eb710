package dev.gatun.simulation;

import dev.gatun.linux.Architecture;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** How this processor's programs talk to their kernel: layouts, and memory by its address. */
final class Abi {

    private static final boolean X86 = Architecture.current() == Architecture.X86_64;

    /** {@code struct epoll_event} is packed on x86-64 alone. */
    private static final int EPOLL_EVENT_BYTES = X86 ? 12 : 16;

    private static final int EPOLL_TOKEN_OFFSET = X86 ? 4 : 8;

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Abi() {}

    static long epollToken(MemorySegment event) {
        return event.get(ValueLayout.JAVA_LONG_UNALIGNED, EPOLL_TOKEN_OFFSET);
    }

    static void putEpollEvent(MemorySegment events, int index, int readiness, long token) {
        long at = (long) index * EPOLL_EVENT_BYTES;
        events.set(ValueLayout.JAVA_INT_UNALIGNED, at, readiness);
        events.set(ValueLayout.JAVA_LONG_UNALIGNED, at + EPOLL_TOKEN_OFFSET, token);
    }

    static long longAt(long address) {
        return MEMORY.get(ValueLayout.JAVA_LONG, address);
    }

    static void putLong(long address, long value) {
        MEMORY.set(ValueLayout.JAVA_LONG, address, value);
    }

    static String stringAt(long address) {
        return MEMORY.asSlice(address).getString(0, StandardCharsets.UTF_8);
    }

    static String string(MemorySegment text) {
        return text.getString(0, StandardCharsets.UTF_8);
    }
}
