package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * How a control group of version 1 is asked for news: the numbers of an eventfd and of the file that the news is about
 * are written to its {@code cgroup.event_control} (the kernel's admin-guide/cgroup-v1/cgroups.rst). The eventfd is
 * signalled until it is closed.
 */
public final class EventControl {

    private EventControl() {}

    /**
     * Asks for news.
     *
     * @param control path of the group's {@code cgroup.event_control}
     * @param file what the news is about
     * @param argument what the kind of file takes: for {@code memory.usage_in_bytes} a number of bytes
     * @throws LinuxException when it is not ours to write, or the kernel knows no such news
     */
    public static void register(Libc libc, CString control, EventFd news, Fd file, String argument) {
        CString line = CString.of(news.number() + " " + file.number() + " " + argument);
        try (Fd target = Fd.open(libc, control, Linux.O_WRONLY());
                Arena arena = Arena.ofConfined()) {
            long written = target.write(line.allocate(arena).asSlice(0, line.length()));
            LinuxException.check(written, "write", control + ", " + argument);
        }
    }
}
