package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** News of changes to files (inotify(7)). */
public final class Inotify extends Fd {

    /** Of a watched folder: a file in it was written and closed, was renamed into it, or was removed. */
    public static final int FILE_CHANGED = Linux.IN_CLOSE_WRITE() | Linux.IN_MOVED_TO() | Linux.IN_DELETE();

    private static final int BUFFER_BYTES = 16 * 1024;

    /** {@code struct inotify_event}: watch, mask, cookie, length of the name that follows. */
    private static final int HEADER_BYTES = 16;

    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);

    /**
     * One change.
     *
     * @param watch what {@link #watch} returned, or -1 for an overflow of the queue
     * @param mask {@code IN_} bits
     * @param name the file inside a watched folder, empty for the watched thing itself
     */
    public record Change(int watch, int mask, String name) {}

    private Inotify(Libc libc, long number) {
        super(libc, number);
    }

    public static Inotify open(Libc libc) {
        int flags = Linux.IN_CLOEXEC() | Linux.IN_NONBLOCK();
        return new Inotify(libc, LinuxException.check(libc.inotify_init1(flags), "inotify_init1", ""));
    }

    /** Watches a path for the {@code IN_} events of the mask; the result identifies the watch. */
    public int watch(CString path, int mask) {
        try (Arena arena = Arena.ofConfined()) {
            long watch = libc.inotify_add_watch(number(), path.allocate(arena), mask);
            return (int) LinuxException.check(watch, "inotify_add_watch", path);
        }
    }

    public void unwatch(int watch) {
        LinuxException.check(libc.inotify_rm_watch(number(), watch), "inotify_rm_watch", watch);
    }

    /** The name is padded with zeros to its length. */
    private String name(long at, int length) {
        String padded = new String(buffer.get(at, length), StandardCharsets.UTF_8);
        int end = padded.indexOf('\0');
        return end < 0 ? padded : padded.substring(0, end);
    }

    /** Takes what has happened; an empty list when nothing has. */
    public List<Change> changes() {
        long bytes = read(buffer.segment());
        if (bytes == -Errno.EAGAIN || bytes == -Errno.EINTR) {
            return List.of();
        }
        LinuxException.check(bytes, "read", this);
        List<Change> changes = new ArrayList<>();
        long at = 0;
        while (at < bytes) {
            int nameBytes = buffer.getInt(at + 12);
            String name = nameBytes == 0 ? "" : name(at + HEADER_BYTES, nameBytes);
            changes.add(new Change(
                    buffer.getInt(at), buffer.getInt(at + 4), name));
            at += HEADER_BYTES + nameBytes;
        }
        return changes;
    }
}
