package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** A file with one pid in it, for those who look for a process by its file. */
public final class PidFile implements AutoCloseable {

    private final Libc libc;
    private final CString path;

    private PidFile(Libc libc, CString path) {
        this.libc = libc;
        this.path = path;
    }

    /**
     * Makes sure that the file can be written, before there is anything to write.
     *
     * @throws LinuxException naming the path
     */
    public static PidFile create(Libc libc, CString path) {
        Fd.open(libc, path, Linux.O_WRONLY() | Linux.O_CREAT()).close();
        return new PidFile(libc, path);
    }

    /** Writes a pid and a line end, in place of what was there. */
    public void write(int pid) {
        byte[] line = (pid + "\n").getBytes(StandardCharsets.US_ASCII);
        try (Arena arena = Arena.ofConfined();
                Fd file = Fd.open(libc, path, Linux.O_WRONLY() | Linux.O_CREAT() | Linux.O_TRUNC())) {
            NativeMemory buffer = NativeMemory.allocate(arena, line.length);
            buffer.put(0, line, line.length);
            LinuxException.check(file.write(buffer.segment()), "write", path);
        }
    }

    /** Removes the file. */
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            libc.unlink(path.allocate(arena));
        }
    }
}
