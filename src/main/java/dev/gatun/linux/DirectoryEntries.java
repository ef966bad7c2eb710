package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * The entries of a folder with their inode numbers, which {@link java.io.File#list()} does not tell, and without a string
 * for each (getdents64(2)). A reader of {@code /proc} knows by the inode number whether a pid is still the same process:
 * the kernel gives every process a new one. For one thread.
 */
public final class DirectoryEntries implements AutoCloseable {

    /** From asm/unistd_64.h and asm-generic/unistd.h. */
    private static final long GETDENTS64 = Architecture.current() == Architecture.X86_64 ? 217 : 61;

    private static final int BUFFER_BYTES = 32 * 1024;

    /** {@code struct linux_dirent64}: inode, offset, length of the record, type, name. */
    private static final int LENGTH_OFFSET = 16;

    private static final int NAME_OFFSET = 19;

    private static final int MAX_TENTH = Integer.MAX_VALUE / 10;

    private final CString path;
    private final Libc libc;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private final RawCalls call;
    private Fd folder;
    private int filled;
    private int at;
    private int next;

    public DirectoryEntries(Libc libc, CString path) {
        this.libc = libc;
        this.path = path;
        call = new RawCalls(libc, 1);
    }

    /** Begins to read the folder, from its first entry on. */
    public void open() {
        close();
        // Without O_DIRECTORY, which is another number on each processor; what is no folder is refused by the next call.
        folder = Fd.open(libc, path, Linux.O_RDONLY());
        call.set(0, GETDENTS64, folder.number(), buffer.address(), BUFFER_BYTES, 0);
        filled = 0;
        next = 0;
    }

    /** Goes to the next entry; false, and the folder is closed, when there is no more. */
    public boolean next() {
        if (next == filled && !fill()) {
            close();
            return false;
        }
        at = next;
        next += (bytes[at + LENGTH_OFFSET] & 0xff) | (bytes[at + LENGTH_OFFSET + 1] & 0xff) << 8;
        return true;
    }

    private boolean fill() {
        call.run();
        filled = (int) LinuxException.check(call.result(0), "getdents64", path);
        next = 0;
        buffer.get(bytes, filled);
        return filled > 0;
    }

    /** The inode number of the entry. */
    public long inode() {
        return buffer.getLong(at);
    }

    /** The name of the entry as a decimal number without a sign; -1 when it is none, or does not fit. */
    public int number() {
        long number = 0;
        int digit = at + NAME_OFFSET;
        do {
            if (bytes[digit] < '0' || bytes[digit] > '9' || number > MAX_TENTH) {
                return -1;
            }
            number = number * 10 + bytes[digit++] - '0';
        } while (bytes[digit] != 0);
        return number > Integer.MAX_VALUE ? -1 : (int) number;
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }
}
