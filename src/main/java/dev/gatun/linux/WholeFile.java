package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/** Small files as a whole: readers see the old content or the new, and never a part. */
public final class WholeFile {

    private static final int MODE = 0644;

    private WholeFile() {}

    /**
     * Writes a file beside the old one, under its name with {@code .new} behind, and renames it (rename(2)). For one
     * writer at a time. It is not synced: what it says does not outlive the machine.
     *
     * @throws LinuxException naming the path; the old file is then untouched
     */
    public static void replace(Libc libc, CString path, byte[] content) {
        CString fresh = path.plus(CString.of(".new"));
        try (Arena arena = Arena.ofConfined()) {
            boolean renamed = false;
            try {
                write(libc, fresh, content, arena);
                long result = libc.rename(fresh.allocate(arena), path.allocate(arena));
                LinuxException.check(result, "rename", fresh + ", " + path);
                renamed = true;
            } finally {
                if (!renamed) {
                    libc.unlink(fresh.allocate(arena));
                }
            }
        }
    }

    private static void write(Libc libc, CString path, byte[] content, Arena arena) {
        // What a crash has left, or a link that somebody else has put there: neither is to be written to.
        libc.unlink(path.allocate(arena));
        int flags = Linux.O_WRONLY() | Linux.O_CREAT() | Linux.O_EXCL() | Linux.O_CLOEXEC();
        long number = LinuxException.check(libc.open(path.allocate(arena), flags, MODE), "open", path);
        try (Fd file = new Fd(libc, number)) {
            NativeMemory buffer = NativeMemory.allocate(arena, Math.max(1, content.length));
            buffer.put(0, content, content.length);
            int written = 0;
            while (written < content.length) {
                long count = file.write(buffer.segment().asSlice(written, content.length - written));
                if (count != -Errno.EINTR) {
                    written += (int) LinuxException.check(count, "write", path);
                }
            }
        }
    }

    /**
     * Removes a file.
     *
     * @return whether there was one
     * @throws LinuxException when it is there and cannot be removed
     */
    public static boolean remove(Libc libc, CString path) {
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.unlink(path.allocate(arena));
            if (result == -Errno.ENOENT || result == -Errno.ENOTDIR) {
                return false;
            }
            LinuxException.check(result, "unlink", path);
            return true;
        }
    }
}
