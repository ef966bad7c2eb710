package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.proc.ProcessorCount;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class ProcessorCountTest {

    private static final int MASK_BYTES = 128;

    @Test
    void countsTheProcessorsOfTheMask() {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory before = NativeMemory.allocate(arena, MASK_BYTES);
            assertThat(LIBC.sched_getaffinity(0, MASK_BYTES, before.segment())).isNotNegative();
            int bits = 0;
            int first = -1;
            for (int processor = 0; processor < MASK_BYTES * 8; processor++) {
                if ((before.getLong(processor / 64 * 8L) >>> processor & 1) == 1) {
                    first = first < 0 ? processor : first;
                    bits++;
                }
            }
            assertThat(ProcessorCount.byAffinity(LIBC)).isEqualTo(bits);
            NativeMemory one = NativeMemory.allocate(arena, MASK_BYTES);
            one.putLong(first / 64 * 8L, 1L << first);
            assertThat(LIBC.sched_setaffinity(0, MASK_BYTES, one.segment())).isZero();
            try {
                assertThat(ProcessorCount.byAffinity(LIBC)).isEqualTo(1);
            } finally {
                LIBC.sched_setaffinity(0, MASK_BYTES, before.segment());
            }
        }
    }

    @Test
    void asksAgainForALongerMask() {
        Libc large = Kernel.with("sched_getaffinity", arguments -> {
            if ((long) arguments[1] < 1024) {
                return (long) -Errno.EINVAL;
            }
            NativeMemory mask = NativeMemory.of((java.lang.foreign.MemorySegment) arguments[2]);
            mask.putLong(0, -1);
            mask.putLong(1016, 0b111);
            return 0L;
        });
        assertThat(ProcessorCount.byAffinity(large)).isEqualTo(67);
    }

    @Test
    void oneAtLeast() {
        assertThat(ProcessorCount.byAffinity(Kernel.with("sched_getaffinity", arguments -> (long) -Errno.EPERM)))
                .isEqualTo(1);
        assertThat(ProcessorCount.byAffinity(Kernel.with("sched_getaffinity", arguments -> (long) -Errno.EINVAL)))
                .isEqualTo(1);
        assertThat(ProcessorCount.byAffinity(Kernel.with("sched_getaffinity", arguments -> 0L))).isEqualTo(1);
    }
}
