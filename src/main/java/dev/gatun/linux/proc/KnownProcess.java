package dev.gatun.linux.proc;

import dev.gatun.linux.proc.Lineage.Owner;

/** A process as it was seen at a look, and what was found out about it. */
final class KnownProcess {

    /** In place of a {@link #file}: its memory is in no file that is kept open. */
    static final int NO_FILE = -1;

    private final int pid;
    private long inode;
    private long startTicks;
    private int parent;
    private Owner owner = Owner.UNKNOWN;
    private int file = NO_FILE;

    KnownProcess(int pid, long inode) {
        this.pid = pid;
        this.inode = inode;
    }

    int pid() {
        return pid;
    }

    /** Of its folder in {@code /proc}. */
    long inode() {
        return inode;
    }

    void foundAt(long newInode) {
        inode = newInode;
    }

    long startTicks() {
        return startTicks;
    }

    int parent() {
        return parent;
    }

    void read(StatLine stat) {
        startTicks = stat.startTicks();
        parent = stat.parent();
    }

    Owner owner() {
        return owner;
    }

    void belongsTo(Owner newOwner) {
        owner = newOwner;
    }

    /** Place of the file with its memory among those kept open. */
    int file() {
        return file;
    }

    void keeps(int place) {
        file = place;
    }
}
