package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A counter that wakes an epoll wait from another thread (eventfd(2)). {@link #signal} may be called by any thread. */
public final class EventFd extends Fd {

    private final Arena arena = Arena.ofAuto();
    private final NativeMemory one = NativeMemory.allocate(arena, 8);
    private final MemorySegment counter = arena.allocate(8, 8);

    private EventFd(Libc libc, long number) {
        super(libc, number);
        one.putLong(0, 1);
    }

    public static EventFd open(Libc libc) {
        int flags = Linux.EFD_CLOEXEC() | Linux.EFD_NONBLOCK();
        return new EventFd(libc, LinuxException.check(libc.eventfd(0, flags), "eventfd", "0"));
    }

    /** Makes the descriptor readable. */
    public void signal() {
        // EAGAIN means that the counter is full, and so the reader is woken anyhow.
        write(one.segment());
    }

    /** Takes all signals so far; the descriptor is not readable again before the next. */
    public void drain() {
        read(counter);
    }
}
