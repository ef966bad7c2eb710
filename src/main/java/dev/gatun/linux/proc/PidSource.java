package dev.gatun.linux.proc;

import dev.gatun.linux.CString;
import dev.gatun.linux.DirectoryEntries;
import dev.gatun.linux.Libc;

/** The processes that {@code /proc} shows. */
final class PidSource implements Census.Source, AutoCloseable {

    private static final byte[] STAT = PidFiles.name("stat");

    private final DirectoryEntries entries;
    private final PidFiles files;
    private int pid;

    PidSource(Libc libc, PidFiles files) {
        this.files = files;
        entries = new DirectoryEntries(libc, CString.of("/proc"));
    }

    @Override
    public void open() {
        entries.open();
    }

    @Override
    public boolean next() {
        while (entries.next()) {
            pid = entries.number();
            if (pid > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public long inode() {
        return entries.inode();
    }

    @Override
    public boolean read(int process, StatLine into) {
        int count = files.read(process, STAT);
        return count > 0 && into.parse(files.bytes(), count);
    }

    @Override
    public void close() {
        entries.close();
    }
}
