package dev.gatun.process;

import dev.gatun.linux.Fd;
import dev.gatun.linux.NativeMemory;
import java.lang.foreign.Arena;

/** Memory to read into, which the streams of a process share: each read is done with before the next. */
final class ReadBuffer {

    static final int SIZE_BYTES = 1 << 14;

    private final NativeMemory memory = NativeMemory.allocate(Arena.ofAuto(), SIZE_BYTES);
    private final byte[] bytes = new byte[SIZE_BYTES];

    /** Reads once: the count, 0 at the end, or {@code -errno}. */
    int read(Fd source) {
        int count = (int) source.read(memory.segment());
        if (count > 0) {
            memory.get(bytes, count);
        }
        return count;
    }

    /** What the latest read got. */
    byte[] bytes() {
        return bytes;
    }
}
