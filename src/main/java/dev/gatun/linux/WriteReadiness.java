package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * Asks whether a descriptor takes a write without waiting (poll(2)). For descriptors that epoll refuses (files) or that
 * are looked at now and then only. For one thread.
 */
public final class WriteReadiness {

    /** {@code struct pollfd}: an int and two shorts. */
    private static final int REVENTS_OFFSET = 6;

    private final Libc libc;
    private final NativeMemory pollFd = NativeMemory.allocate(Arena.ofAuto(), 8);

    public WriteReadiness(Libc libc, Fd fd) {
        this.libc = libc;
        pollFd.putInt(0, fd.number());
        pollFd.putShort(4, (short) Linux.POLLOUT());
    }

    /** Waits until there is room, or nothing to wait for: a write tells. */
    public void await() {
        libc.poll(pollFd.segment(), 1, -1);
    }

    /** Whether there is room now: for 4096 bytes at least if it is a pipe (pipe(7)). */
    public boolean isWritable() {
        long ready = libc.poll(pollFd.segment(), 1, 0);
        return ready == 1 && (pollFd.getShort(REVENTS_OFFSET) & Linux.POLLOUT()) != 0;
    }
}
