package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The real kernel, and ways to wait for it without sleeping. */
final class Kernel {

    static final Libc LIBC = new SystemLibc();

    /** Only a broken test ever waits this long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final int NOBODY = 65534;

    private Kernel() {}

    static void assumeRoot(String what) {
        assumeTrue(LIBC.geteuid() == 0, "skipped: only root may " + what);
    }

    /** Waits until there is something to read, or the other side is gone. */
    static void awaitReadable(Fd fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, fd.number());
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) Linux.POLLIN());
            long ready;
            do {
                ready = LIBC.poll(poll, 1, (int) PATIENCE.toMillis());
            } while (ready == -Errno.EINTR);
            assertThat(ready).as("readable within " + PATIENCE + ": " + fd).isEqualTo(1);
        }
    }

    static boolean isReadable(Fd fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4);
            poll.set(ValueLayout.JAVA_INT, 0, fd.number());
            poll.set(ValueLayout.JAVA_SHORT, 4, (short) Linux.POLLIN());
            return LIBC.poll(poll, 1, 0) == 1;
        }
    }

    /** For what the kernel gives no event for: looks until it is so. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within " + PATIENCE).isLessThan(deadline);
            Thread.yield();
        }
    }

    /** The real library but for one function. */
    static Libc with(String method, Function<Object[], Long> replacement) {
        return (Libc) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[]{Libc.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return replacement.apply(arguments);
                    }
                    try {
                        return called.invoke(LIBC, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    static MemorySegment buffer(Arena arena, String text) {
        MemorySegment withEnd = arena.allocateFrom(text);
        return withEnd.asSlice(0, withEnd.byteSize() - 1);
    }

    static void write(Fd fd, String text) {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(fd.write(buffer(arena, text))).isEqualTo(text.length());
        }
    }

    /** Reads what one read gives, 64 kB at the most. */
    static byte[] read(Fd fd) {
        awaitReadable(fd);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(65536);
            long count = fd.read(buffer);
            assertThat(count).as("read of " + fd).isNotNegative();
            return buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
