package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks whether a descriptor takes a write without waiting (poll(2)). For descriptors that epoll refuses (files) or that
 * are looked at now and then only. For one thread.
 */
public final class WriteReadiness {

    /** {@code struct pollfd}: an int and two shorts. */
    private static final int REVENTS_OFFSET = 6;

    private final Libc libc;
    private final MemorySegment pollFd = Arena.ofAuto().allocate(8, 4);

    public WriteReadiness(Libc libc, Fd fd) {
        this.libc = libc;
        pollFd.set(ValueLayout.JAVA_INT, 0, fd.number());
        pollFd.set(ValueLayout.JAVA_SHORT, 4, (short) Linux.POLLOUT());
    }

    /** Whether there is room now: for 4096 bytes at least if it is a pipe (pipe(7)). */
    public boolean isWritable() {
        long ready = libc.poll(pollFd, 1, 0);
        return ready == 1 && (pollFd.get(ValueLayout.JAVA_SHORT, REVENTS_OFFSET) & Linux.POLLOUT()) != 0;
    }
}
