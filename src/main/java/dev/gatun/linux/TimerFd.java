package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One timer on the monotonic clock, which no change of the wall clock moves (timerfd_create(2)). */
public final class TimerFd extends Fd {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Offsets in {@code struct itimerspec}: interval first, then the value, each a {@code timespec} of two longs. */
    private static final long VALUE_SECONDS = 16;

    private static final long VALUE_NANOS = 24;

    private final Arena arena = Arena.ofAuto();
    private final NativeMemory setting = NativeMemory.allocate(arena, 32);
    private final MemorySegment expirations = arena.allocate(8, 8);

    private TimerFd(Libc libc, long number) {
        super(libc, number);
    }

    public static TimerFd open(Libc libc) {
        int flags = Linux.TFD_CLOEXEC() | Linux.TFD_NONBLOCK();
        long number = libc.timerfd_create(Linux.CLOCK_MONOTONIC(), flags);
        return new TimerFd(libc, LinuxException.check(number, "timerfd_create", "CLOCK_MONOTONIC"));
    }

    /**
     * Makes the descriptor readable at a moment of the monotonic clock; one in the past does so at once.
     *
     * @param atNanos absolute time, as {@link MonotonicClock} gives it
     */
    public void arm(long atNanos) {
        // A value of zero would disarm the timer, so the earliest moment is 1 ns.
        long at = Math.max(atNanos, 1);
        setting.putLong(VALUE_SECONDS, at / NANOS_PER_SECOND);
        setting.putLong(VALUE_NANOS, at % NANOS_PER_SECOND);
        set();
    }

    public void disarm() {
        setting.putLong(VALUE_SECONDS, 0);
        setting.putLong(VALUE_NANOS, 0);
        set();
    }

    private void set() {
        long result = libc.timerfd_settime(number(), Linux.TFD_TIMER_ABSTIME(), setting.segment(), MemorySegment.NULL);
        LinuxException.check(result, "timerfd_settime", this);
    }

    /** Takes the expiry, so that the descriptor is not readable again before the next. */
    public void drain() {
        read(expirations);
    }
}
