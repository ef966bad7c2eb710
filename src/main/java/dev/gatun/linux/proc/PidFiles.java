package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * Small files of {@code /proc/PID}, for readers of hundreds: the path is put together and the content read in memory that
 * is used again. For one thread.
 */
final class PidFiles {

    private static final byte[] PROC = "/proc/".getBytes(StandardCharsets.US_ASCII);
    private static final int PATH_BYTES = 64;
    private static final int BUFFER_BYTES = 4096;

    private final Libc libc;
    private final byte[] path = new byte[PATH_BYTES];
    private final NativeMemory nativePath = NativeMemory.allocate(Arena.ofAuto(), PATH_BYTES);
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];

    PidFiles(Libc libc) {
        this.libc = libc;
        System.arraycopy(PROC, 0, path, 0, PROC.length);
    }

    /** A file below {@code /proc/PID}, as {@link #read} takes it. */
    static byte[] name(String file) {
        return ("/" + file + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the beginning of a file, 4096 bytes at the most, into {@link #bytes}.
     *
     * @return how many there are, or {@code -errno}: ENOENT or ESRCH when the process is gone
     */
    int read(int pid, byte[] name) {
        int end = putPid(pid);
        System.arraycopy(name, 0, path, end, name.length);
        nativePath.put(0, path, end + name.length);
        long file = libc.open(nativePath.segment(), Linux.O_RDONLY() | Linux.O_CLOEXEC(), 0);
        if (file < 0) {
            return (int) file;
        }
        int count = (int) libc.read((int) file, buffer.segment(), BUFFER_BYTES);
        libc.close((int) file);
        if (count > 0) {
            buffer.get(bytes, count);
        }
        return count;
    }

    private int putPid(int pid) {
        int scale = 1;
        while (pid / scale >= 10) {
            scale *= 10;
        }
        int end = PROC.length;
        while (scale > 0) {
            path[end++] = (byte) ('0' + pid / scale % 10);
            scale /= 10;
        }
        return end;
    }

    /** Whether a result of {@link #read} says that the process has ended. */
    static boolean isGone(int result) {
        return result == -Errno.ENOENT || result == -Errno.ESRCH;
    }

    /** What the last read found; the next one changes it. */
    byte[] bytes() {
        return bytes;
    }
}
