package dev.gatun.linux.cgroup;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.lang.foreign.Arena;

/**
 * Comes when processes have stood still for want of memory for a part of a time window (the kernel's accounting/psi.rst),
 * once a window at the most. Memory is short then and the kernel busy finding some; where there are neither cached files
 * nor swap it finds none and kills, and nobody has stood still.
 */
public final class PressureStall implements MemoryTrigger {

    /** Of a group of version 2, whatever controllers it has. */
    static final String OF_GROUP = "memory.pressure";

    static final String OF_MACHINE = "/proc/pressure/memory";

    private static final int STALL_MICROS = 50_000;
    private static final int WINDOW_MICROS = 1_000_000;

    /** Without CAP_SYS_RESOURCE a window is a multiple of the two seconds by which the kernel keeps its averages. */
    private static final int UNPRIVILEGED_WINDOW_MICROS = 2_000_000;

    private final Fd file;
    private final String text;

    private PressureStall(Fd file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Asks for it.
     *
     * @param path of a pressure file
     * @throws LinuxException when there is none, or it is not ours to write
     */
    public static PressureStall open(Libc libc, String path) {
        Fd file = Fd.open(libc, CString.of(path), Linux.O_RDWR() | Linux.O_NONBLOCK());
        boolean accepted = false;
        try {
            int window = WINDOW_MICROS;
            long written = write(file, window);
            if (written == -Errno.EINVAL) {
                window = UNPRIVILEGED_WINDOW_MICROS;
                written = write(file, window);
            }
            if (written < 0) {
                throw new LinuxException("write", (int) -written, path + ", " + request(window));
            }
            accepted = true;
            return new PressureStall(file, path + " tells of " + STALL_MICROS / 1000 + " ms in " + window / 1000);
        } finally {
            if (!accepted) {
                file.close();
            }
        }
    }

    private static String request(int windowMicros) {
        return "some " + STALL_MICROS + " " + windowMicros;
    }

    /** With its NUL, which the kernel writes over the last byte. */
    private static long write(Fd file, int windowMicros) {
        try (Arena arena = Arena.ofConfined()) {
            return file.write(CString.of(request(windowMicros)).allocate(arena));
        }
    }

    @Override
    public Fd fd() {
        return file;
    }

    @Override
    public int interest() {
        return Epoll.URGENT;
    }

    /** The wait that showed it has taken it already. */
    @Override
    public boolean drain(int readiness) {
        return (readiness & Linux.EPOLLERR()) == 0;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public void close() {
        file.close();
    }
}
