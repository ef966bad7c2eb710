package dev.gatun.linux;

import java.lang.foreign.Arena;

/** Folders, made as {@code mkdir -p} makes them. */
public final class Folders {

    private Folders() {}

    /**
     * Makes a folder, and those above it that are missing.
     *
     * @param mode of each that is made; the umask takes away from it
     * @throws LinuxException naming the folder that could not be made, or what is there that is no folder (ENOTDIR)
     */
    public static void make(Libc libc, CString path, int mode) {
        long result = tryMake(libc, path, mode);
        if (result == -Errno.ENOENT) {
            int end = parentEnd(path);
            if (end > 0) {
                make(libc, path.substring(0, end), mode);
                result = tryMake(libc, path, mode);
            }
        }
        // Somebody may have made it at the same time; and one on a read-only file system is there all the same.
        if (result < 0 && (path.isEmpty() || !FilePath.isFolder(libc, path))) {
            int errno = result == -Errno.EEXIST ? Errno.ENOTDIR : (int) -result;
            throw new LinuxException("mkdir", errno, path.toString());
        }
    }

    private static long tryMake(Libc libc, CString path, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return libc.mkdir(path.allocate(arena), mode);
        }
    }

    /** Where the last name begins, without the slashes before it. */
    private static int parentEnd(CString path) {
        int end = path.length();
        while (end > 0 && path.at(end - 1) == '/') {
            end--;
        }
        while (end > 0 && path.at(end - 1) != '/') {
            end--;
        }
        while (end > 1 && path.at(end - 1) == '/') {
            end--;
        }
        return end;
    }
}
