package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.NativeMemory;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Small files of {@code /proc}, {@code /sys} and {@code /etc}, read through {@link Libc}: three system calls, no classes
 * of {@code java.nio.file} at start, and a simulated kernel can answer.
 */
public final class ProcFile {

    private static final int CHUNK_BYTES = 4096;

    private ProcFile() {}

    /**
     * Reads a file to its end.
     *
     * @return empty when there is none, or when the process it tells about is gone
     * @throws LinuxException for any other failure
     */
    public static Optional<byte[]> read(Libc libc, String path) {
        return read(libc, path, Integer.MAX_VALUE);
    }

    /**
     * Reads the beginning of a file that somebody else has made, and that may be of any size.
     *
     * @param mostBytes how much of it; ask for one more than may be there to see that it is too much
     * @return empty when there is none
     * @throws LinuxException for any other failure
     */
    public static Optional<byte[]> read(Libc libc, String path, int mostBytes) {
        try (Fd file = Fd.open(libc, CString.of(path), Linux.O_RDONLY());
                Arena arena = Arena.ofConfined()) {
            return Optional.of(readAll(file, path, NativeMemory.allocate(arena, CHUNK_BYTES), mostBytes));
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT || failure.errno() == Errno.ESRCH) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** As {@link #read}, decoded as UTF-8. */
    public static Optional<String> readText(Libc libc, String path) {
        Optional<byte[]> bytes = read(libc, path);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(new String(bytes.get(), StandardCharsets.UTF_8));
    }

    private static byte[] readAll(Fd file, String path, NativeMemory buffer, int mostBytes) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(CHUNK_BYTES);
        byte[] chunk = new byte[CHUNK_BYTES];
        while (content.size() < mostBytes) {
            long count = file.read(buffer.segment());
            if (count == -Errno.EINTR) {
                continue;
            }
            if (count < 0) {
                throw new LinuxException("read", (int) -count, path);
            }
            if (count == 0) {
                break;
            }
            buffer.get(chunk, (int) count);
            content.write(chunk, 0, (int) Math.min(count, mostBytes - content.size()));
        }
        return content.toByteArray();
    }
}
