package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What is at a path, by access(2), readlink(2) and open(2): byte by byte as the kernel knows names, which a path of
 * {@code java.nio.file} does not, and without its classes at start.
 */
public final class FilePath {

    private static final int PATH_MAX = 4096;

    private FilePath() {}

    /** Whether there is something that can be reached. */
    public static boolean exists(Libc libc, CString path) {
        return access(libc, path, Linux.F_OK()) == 0;
    }

    /** Only a folder has an entry {@code .}; one whose entries may not be reached does not count. */
    public static boolean isFolder(Libc libc, CString path) {
        return !path.isEmpty() && access(libc, path.plus(CString.of("/.")), Linux.F_OK()) == 0;
    }

    /**
     * Why a file cannot be executed.
     *
     * @return 0 where it can be; EISDIR for a folder, which root may "execute" as far as access(2) is concerned; else
     *     what access(2) says: ENOENT, ENOTDIR, EACCES…
     */
    public static int whyNotExecutable(Libc libc, CString path) {
        long result = access(libc, path, Linux.X_OK());
        return result < 0 ? (int) -result : isFolder(libc, path) ? Linux.EISDIR() : 0;
    }

    /** What a symbolic link says, whether that is there or not; empty for what is no link. */
    public static Optional<CString> linkTarget(Libc libc, CString path) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory buffer = NativeMemory.allocate(arena, PATH_MAX);
            long length = libc.readlink(path.allocate(arena), buffer.segment(), PATH_MAX);
            return length < 0 ? Optional.empty() : Optional.of(CString.ofBytes(buffer.get(0, (int) length)));
        }
    }

    /**
     * The absolute path without any link in it, as realpath(3) gives it.
     *
     * @return empty where there is no such file, or it cannot be reached
     */
    public static Optional<CString> resolved(Libc libc, CString path) {
        long number = Fd.tryOpen(libc, path, Linux.O_PATH());
        if (number < 0) {
            return Optional.empty();
        }
        try {
            return linkTarget(libc, CString.of("/proc/self/fd/" + number));
        } finally {
            libc.close((int) number);
        }
    }

    /** The folder this process is in; empty without {@code /proc}. */
    public static Optional<CString> currentFolder(Libc libc) {
        return linkTarget(libc, CString.of("/proc/self/cwd"));
    }

    private static long access(Libc libc, CString path, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = path.allocate(arena);
            return libc.access(name, mode);
        }
    }
}
