package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * The kernel's monotonic clock, the one that {@link TimerFd} counts by. Read through {@link Libc} so that a simulated
 * kernel can own the time. For one thread.
 */
public final class MonotonicClock {

    private final Libc libc;
    private final NativeMemory time = NativeMemory.allocate(Arena.ofAuto(), 16);

    public MonotonicClock(Libc libc) {
        this.libc = libc;
    }

    public long nanos() {
        libc.clock_gettime(Linux.CLOCK_MONOTONIC(), time.segment());
        return time.getLong(0) * 1_000_000_000L + time.getLong(8);
    }
}
