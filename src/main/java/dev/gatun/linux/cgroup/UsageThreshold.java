package dev.gatun.linux.cgroup;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.EventControl;
import dev.gatun.linux.EventFd;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;

/**
 * Comes at the moment when a group of version 1 has so many bytes, cached files included, and when it has less again
 * (the kernel's admin-guide/cgroup-v1/memory.rst, section 9). Exact but for what the kernel accounts in one go, half a
 * megabyte a processor. A group that has more than that from the beginning, of cached files, does not cross it any more.
 */
public final class UsageThreshold implements MemoryTrigger {

    private static final String USAGE = "memory.usage_in_bytes";

    private final EventFd news;
    private final String text;

    private UsageThreshold(EventFd news, String text) {
        this.news = news;
        this.text = text;
    }

    /**
     * Asks for it.
     *
     * @param folder of the memory controller, version 1
     * @throws dev.gatun.linux.LinuxException when the group is not ours to write
     */
    public static UsageThreshold open(Libc libc, CgroupFolder folder, long bytes) {
        EventFd news = EventFd.open(libc);
        boolean registered = false;
        try (Fd usage = Fd.open(libc, CString.of(folder.path() + "/" + USAGE), Linux.O_RDONLY())) {
            CString control = CString.of(folder.path() + "/cgroup.event_control");
            EventControl.register(libc, control, news, usage, Long.toString(bytes));
            registered = true;
        } finally {
            if (!registered) {
                news.close();
            }
        }
        return new UsageThreshold(news, folder.path() + "/" + USAGE + " passes " + bytes);
    }

    @Override
    public Fd fd() {
        return news;
    }

    @Override
    public int interest() {
        return Epoll.READABLE;
    }

    @Override
    public boolean drain(int readiness) {
        news.drain();
        return true;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public void close() {
        news.close();
    }
}
