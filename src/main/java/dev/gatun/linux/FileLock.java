package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A lock on a file, for processes that agree to ask for it (fcntl_locking(2), open file description locks). It belongs
 * to this very opening of the file: the kernel gives it back when the process ends, however that happens, and at an
 * exec, since the descriptor is close-on-exec. A child does not keep it.
 */
public final class FileLock extends Fd {

    /** {@code struct flock}: type and whence, two shorts; start, length and pid; padded. */
    static final int STRUCT_BYTES = 32;

    static final int TYPE_OFFSET = 0;

    private static final int MODE = 0644;

    private final CString path;

    private FileLock(Libc libc, long number, CString path) {
        super(libc, number);
        this.path = path;
    }

    /**
     * Takes the lock, making the file where there is none.
     *
     * @return empty when somebody else has it
     * @throws LinuxException when the file cannot be opened for writing, or its file system knows no such locks
     */
    public static Optional<FileLock> tryTake(Libc libc, CString path) {
        long number;
        try (Arena arena = Arena.ofConfined()) {
            int flags = Linux.O_RDWR() | Linux.O_CREAT() | Linux.O_CLOEXEC();
            number = LinuxException.check(libc.open(path.allocate(arena), flags, MODE), "open", path);
        }
        FileLock lock = new FileLock(libc, number, path);
        boolean taken = false;
        try {
            taken = lock.set();
        } finally {
            if (!taken) {
                lock.close();
            }
        }
        return taken ? Optional.of(lock) : Optional.empty();
    }

    private boolean set() {
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.fcntl(number(), Linux.F_OFD_SETLK(), whole(arena).address());
            if (result == -Errno.EAGAIN || result == -Errno.EACCES) {
                return false;
            }
            LinuxException.check(result, "fcntl", path + ", F_OFD_SETLK");
            return true;
        }
    }

    /**
     * Whether somebody has the lock, ourselves included. It takes nothing, and needs no more than the right to read.
     *
     * @return false too when there is no such file, or no way to find out
     */
    public static boolean isTaken(Libc libc, CString path) {
        long number = tryOpen(libc, path, Linux.O_RDONLY() | Linux.O_NONBLOCK());
        if (number < 0) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory whole = whole(arena);
            long result = libc.fcntl((int) number, Linux.F_OFD_GETLK(), whole.address());
            return result == 0 && whole.getShort(TYPE_OFFSET) != Linux.F_UNLCK();
        } finally {
            libc.close((int) number);
        }
    }

    /** A lock for writing, from the first byte to the last: all zeros but for the type. */
    private static NativeMemory whole(Arena arena) {
        NativeMemory lock = NativeMemory.allocate(arena, STRUCT_BYTES);
        lock.putShort(TYPE_OFFSET, (short) Linux.F_WRLCK());
        return lock;
    }

    /**
     * Whether the file is still where it was: who had the lock before us may have removed it between our opening and our
     * taking of it, and the next to come would lock another file.
     */
    public boolean isInPlace() {
        Optional<CString> target = FilePath.linkTarget(libc, CString.of("/proc/self/fd/" + number()));
        return target.isEmpty() || !target.get().toString().endsWith(" (deleted)");
    }

    /** Removes the file and gives the lock back, in this order, so that nobody gets a lock on a file without a name. */
    public void remove() {
        try (Arena arena = Arena.ofConfined()) {
            libc.unlink(path.allocate(arena));
        }
        close();
    }
}
