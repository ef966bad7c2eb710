package dev.gatun.linux.cgroup;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Inotify;
import dev.gatun.linux.Libc;
import java.util.List;

/**
 * Comes when a group of version 2 has run into its {@code memory.high} or {@code memory.max}, by a change of its {@code
 * memory.events} (the kernel's admin-guide/cgroup-v2.rst), 10 ms later at the most. It takes no right but to read, so it
 * works in containers too.
 *
 * <p>Where the group has cached files, it comes as soon as they begin to make room, long before somebody is killed. Where
 * it has none, it comes with the kill.
 */
public final class LimitEvents implements MemoryTrigger {

    static final String EVENTS = "memory.events";

    private final Inotify inotify;
    private final String text;

    private LimitEvents(Inotify inotify, String text) {
        this.inotify = inotify;
        this.text = text;
    }

    /**
     * Watches groups.
     *
     * @param folders of version 2, each with the file
     * @throws dev.gatun.linux.LinuxException when they cannot be watched
     */
    public static LimitEvents open(Libc libc, List<CgroupFolder> folders) {
        Inotify inotify = Inotify.open(libc);
        boolean watched = false;
        StringBuilder text = new StringBuilder();
        try {
            for (CgroupFolder folder : folders) {
                String file = folder.path() + "/" + EVENTS;
                inotify.watch(CString.of(file), Linux.IN_MODIFY());
                text.append(text.isEmpty() ? "" : " or ").append(file);
            }
            watched = true;
        } finally {
            if (!watched) {
                inotify.close();
            }
        }
        return new LimitEvents(inotify, text.append(" changes").toString());
    }

    @Override
    public Fd fd() {
        return inotify;
    }

    @Override
    public int interest() {
        return Epoll.READABLE;
    }

    @Override
    public boolean drain(int readiness) {
        boolean alive = true;
        for (Inotify.Change change : inotify.changes()) {
            alive &= (change.mask() & Linux.IN_IGNORED()) == 0;
        }
        return alive;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public void close() {
        inotify.close();
    }
}
