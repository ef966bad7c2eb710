package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The kernel's monotonic clock, the one that {@link TimerFd} counts by. Read through {@link Libc} so that a simulated
 * kernel can own the time. For one thread.
 */
public final class MonotonicClock {

    private final Libc libc;
    private final MemorySegment time = Arena.ofAuto().allocate(16, 8);

    public MonotonicClock(Libc libc) {
        this.libc = libc;
    }

    public long nanos() {
        libc.clock_gettime(Linux.CLOCK_MONOTONIC(), time);
        return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
    }
}
