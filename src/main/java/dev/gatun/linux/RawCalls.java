package dev.gatun.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * System calls made one behind the other in one foreign call, by the same machine code that walks a {@link SpawnTape},
 * here in the calling thread. For what is done hundreds of times in a row, where the way into the kernel and back through
 * Java costs as much as the call; and for calls of which {@link Libc} has no method. One that fails does not keep the
 * next from being made. For one thread.
 */
final class RawCalls {

    private final Libc libc;
    private final int capacity;
    private final NativeMemory tape;
    private final NativeMemory results;
    private int size;

    /**
     * Room for calls, in memory that is freed when nobody uses this any more.
     *
     * @param capacity how many there will be at the most
     */
    RawCalls(Libc libc, int capacity) {
        this.libc = libc;
        this.capacity = capacity;
        // The walk ends where a result is not as required, so there is a last call that must fail at that.
        tape = NativeMemory.allocate(Arena.ofAuto(), (capacity + 1L) * TapeMemory.ENTRY_BYTES);
        results = NativeMemory.allocate(Arena.ofAuto(), (capacity + 1L) * Long.BYTES);
        end(0);
    }

    /** The call that ends the walk: there is no pid 0. */
    private void end(int index) {
        put(index, SystemCall.GETPID.number(), 0, 0, 0, 0);
        tape.putLong(at(index) + TapeMemory.MASK_OFFSET, -1);
        size = index;
    }

    private static long at(int index) {
        return (long) index * TapeMemory.ENTRY_BYTES;
    }

    private void put(int index, long number, long a, long b, long c, long d) {
        long entry = at(index);
        // The upper half of the number stays 0: it would repeat the call.
        tape.putLong(entry, number);
        tape.putLong(entry + TapeMemory.ARGUMENTS_OFFSET, a);
        tape.putLong(entry + TapeMemory.ARGUMENTS_OFFSET + 8, b);
        tape.putLong(entry + TapeMemory.ARGUMENTS_OFFSET + 16, c);
        tape.putLong(entry + TapeMemory.ARGUMENTS_OFFSET + 24, d);
        tape.putLong(entry + TapeMemory.RESULT_ADDRESS_OFFSET, results.address() + (long) index * Long.BYTES);
        tape.putLong(entry + TapeMemory.REQUIRED_OFFSET, 0);
        tape.putLong(entry + TapeMemory.MASK_OFFSET, 0);
    }

    /**
     * Puts a call in place of another, or behind the last.
     *
     * @param index from 0 to as many as there are
     */
    void set(int index, long number, long a, long b, long c, long d) {
        if (index > size || index >= capacity) {
            throw new IndexOutOfBoundsException(index);
        }
        if (index == size) {
            end(size + 1);
        }
        put(index, number, a, b, c, d);
    }

    /** Makes them all. */
    void run() {
        libc.walk_tape(0, MemorySegment.NULL, MemorySegment.NULL, tape.segment());
    }

    /** What a call of the last run returned: the result or {@code -errno}. */
    long result(int index) {
        return results.getLong((long) index * Long.BYTES);
    }
}
