package dev.gatun.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/**
 * Calls into the C library by a way of the tests' own, so that what they prepare and observe does not come through the
 * code under test.
 */
final class Raw {

    private static final Linker LINKER = Linker.nativeLinker();

    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LINKER.defaultLookup().find("syscall").orElseThrow(),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private Raw() {}

    /**
     * A system call of the calling thread, past the C library, which would spread a change of user over all threads.
     *
     * @return the result or {@code -errno}
     */
    static long syscall(long number, long... arguments) {
        long[] all = Arrays.copyOf(arguments, 6);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            long result = (long) SYSCALL.invokeExact(errno, number, all[0], all[1], all[2], all[3], all[4], all[5]);
            return result == -1 ? -errno.get(ValueLayout.JAVA_INT, 0) : result;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A function {@code int f(int)} or {@code const char *f(int)}; empty where the C library has none of the name. */
    static Optional<MethodHandle> ofInt(String name, boolean givesText) {
        ValueLayout result = givesText ? ValueLayout.ADDRESS : ValueLayout.JAVA_INT;
        return LINKER.defaultLookup()
                .find(name)
                .map(address -> LINKER.downcallHandle(
                        address, FunctionDescriptor.of(result, ValueLayout.JAVA_INT)));
    }

    /** Text of a {@code const char *f(int)}, or an empty string for a null pointer. */
    static String text(MethodHandle function, int argument) {
        try {
            MemorySegment text = (MemorySegment) function.invokeExact(argument);
            return text.address() == 0 ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
