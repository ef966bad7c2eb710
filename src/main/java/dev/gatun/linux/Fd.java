package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An open file descriptor that is closed once. Descriptors made here are close-on-exec, so that no child gets one by
 * accident. Not thread-safe.
 */
public sealed class Fd implements AutoCloseable
        permits Epoll, EventFd, FileLock, Inotify, PidFd, Pipe.End, SignalFd, Socket, StandardStream, TimerFd {

    private static final int CLOSED = -1;

    protected final Libc libc;
    private int number;

    Fd(Libc libc, long number) {
        this.libc = libc;
        this.number = (int) number;
    }

    /**
     * Opens a file.
     *
     * @param flags {@code O_} flags; {@code O_CLOEXEC} is added
     * @throws LinuxException naming the path
     */
    public static Fd open(Libc libc, CString path, int flags) {
        return new Fd(libc, LinuxException.check(tryOpen(libc, path, flags), "open", path));
    }

    static long tryOpen(Libc libc, CString path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return libc.open(path.allocate(arena), flags | Linux.O_CLOEXEC(), 0666);
        }
    }

    /** The number, for the classes of this package alone. */
    final int number() {
        if (number == CLOSED) {
            throw new IllegalStateException(this + " is closed");
        }
        return number;
    }

    public final boolean isOpen() {
        return number != CLOSED;
    }

    /** Reads once: the count, 0 at the end, or {@code -errno}. */
    public final long read(MemorySegment buffer) {
        return libc.read(number(), buffer, buffer.byteSize());
    }

    /** Writes once: the count, or {@code -errno}. */
    public final long write(MemorySegment buffer) {
        return libc.write(number(), buffer, buffer.byteSize());
    }

    /** Closes the descriptor; a second call does nothing. */
    @Override
    public void close() {
        if (number != CLOSED) {
            int closing = number;
            number = CLOSED;
            // After an error, EINTR included, Linux has let go of the descriptor all the same (close(2)).
            libc.close(closing);
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + number + ")";
    }
}
