package dev.gatun.linux.proc;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import java.lang.foreign.Arena;

/**
 * How many processors the scheduler may put us on (sched_getaffinity(2)): what a cpuset or taskset leaves, whatever part
 * of their time a quota allows. {@link Runtime#availableProcessors()} counts the quota in, and so is another number.
 */
public final class ProcessorCount {

    private static final int FIRST_BYTES = 128;

    /** More than any kernel is built for: half a million processors. */
    private static final int LAST_BYTES = 64 * 1024;

    private ProcessorCount() {}

    /** Processors of the calling thread's mask; 1 where it cannot be read. */
    public static int byAffinity(Libc libc) {
        for (int size = FIRST_BYTES; size <= LAST_BYTES; size *= 2) {
            try (Arena arena = Arena.ofConfined()) {
                NativeMemory mask = NativeMemory.allocate(arena, size);
                long result = libc.sched_getaffinity(0, size, mask.segment());
                if (result >= 0) {
                    return Math.max(1, bits(mask, size));
                }
                // EINVAL: the kernel's mask is longer.
                if (result != -Errno.EINVAL) {
                    return 1;
                }
            }
        }
        return 1;
    }

    private static int bits(NativeMemory mask, int size) {
        int bits = 0;
        for (int at = 0; at < size; at += Long.BYTES) {
            bits += Long.bitCount(mask.getLong(at));
        }
        return bits;
    }
}
