package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/** An epoll instance (epoll(7)), level-triggered. Each descriptor is watched under a token of the caller's. */
public final class Epoll extends Fd {

    public static final int READABLE = Linux.EPOLLIN();
    public static final int WRITABLE = Linux.EPOLLOUT();
    public static final int URGENT = Linux.EPOLLPRI();
    /** Reported whether asked for or not. */
    public static final int HANG_UP = Linux.EPOLLHUP();

    private static final int BATCH = 64;

    /**
     * {@code struct epoll_event} is packed on x86-64 (12 bytes, the token at 4, unaligned) and is not elsewhere (16, at
     * 8). Numbers, and not the generated layouts of two architectures; a test holds them equal to those layouts and to
     * what the C compiler says.
     */
    static final int EVENT_BYTES = Architecture.current() == Architecture.X86_64 ? 12 : 16;

    static final int TOKEN_OFFSET = Architecture.current() == Architecture.X86_64 ? 4 : 8;

    private final Arena arena = Arena.ofAuto();
    private final NativeMemory change = NativeMemory.allocate(arena, EVENT_BYTES);
    private final NativeMemory events = NativeMemory.allocate(arena, (long) EVENT_BYTES * BATCH);

    private Epoll(Libc libc, long number) {
        super(libc, number);
    }

    public static Epoll open(Libc libc) {
        return new Epoll(libc, LinuxException.check(libc.epoll_create1(Linux.EPOLL_CLOEXEC()), "epoll_create1", ""));
    }

    /** Starts to watch a descriptor for the given events. */
    public void add(Fd fd, int interest, long token) {
        control(Linux.EPOLL_CTL_ADD(), fd, interest, token);
    }

    /** Changes what a descriptor is watched for. */
    public void modify(Fd fd, int interest, long token) {
        control(Linux.EPOLL_CTL_MOD(), fd, interest, token);
    }

    /**
     * Ends the watch. Closing alone does not: a child between its creation and its exec holds a copy of the descriptor,
     * and events keep coming for as long as any copy is open.
     */
    public void remove(Fd fd) {
        control(Linux.EPOLL_CTL_DEL(), fd, 0, 0);
    }

    private void control(int operation, Fd fd, int interest, long token) {
        change.putInt(0, interest);
        change.putLong(TOKEN_OFFSET, token);
        LinuxException.check(libc.epoll_ctl(number(), operation, fd.number(), change.segment()), "epoll_ctl", fd);
    }

    /**
     * Waits for events.
     *
     * @param timeoutMillis 0 does not wait, -1 waits for ever
     * @return how many events there are, 0 too when a signal handler interrupted the wait; read them with {@link
     *     #token} and {@link #readiness} before the next call
     */
    public int await(int timeoutMillis) {
        long count = libc.epoll_wait(number(), events.segment(), BATCH, timeoutMillis);
        if (count == -Errno.EINTR) {
            // SA_RESTART never covers epoll_wait (signal(7)).
            return 0;
        }
        return (int) LinuxException.check(count, "epoll_wait", this);
    }

    public long token(int index) {
        return events.getLong((long) index * EVENT_BYTES + TOKEN_OFFSET);
    }

    public int readiness(int index) {
        return events.getInt((long) index * EVENT_BYTES);
    }
}
