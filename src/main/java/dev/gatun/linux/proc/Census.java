package dev.gatun.linux.proc;

import dev.gatun.linux.proc.Lineage.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * All processes of the machine, and which of them belong to a tree, from look to look.
 *
 * <p>What costs time is to read about a process, so each is read about once: a stranger can never become a member, since
 * a process comes to new parents only among its own ancestors; and a member stays one, even when its parents have ended
 * and it is a child of the supervisor now. A pid is known to be the same process as before by the inode number of its
 * folder in {@code /proc}. Where that differs, the kernel may only have forgotten the folder for want of memory, and the
 * start time decides.
 */
final class Census {

    /** Where processes are looked for. */
    interface Source {

        /** Begins a look. */
        void open();

        /** Goes to the next process, in the order of the pids, as the kernel lists them; false when there is no more. */
        boolean next();

        int pid();

        long inode();

        /** Reads about a process; false when it is gone or hidden from us. */
        boolean read(int pid, StatLine into);
    }

    private final Source source;
    private final Lineage lineage;
    private final StatLine stat = new StatLine();
    private List<KnownProcess> known = new ArrayList<>();
    private List<KnownProcess> now = new ArrayList<>();
    private final List<KnownProcess> unknown = new ArrayList<>();
    private final List<KnownProcess> left = new ArrayList<>();

    /** How many of those known before have been found again or have left, in the order of their pids. */
    private int matched;

    Census(Source source, Lineage lineage) {
        this.source = source;
        this.lineage = lineage;
    }

    /** All that were there at the last look, in the order of their pids. */
    List<KnownProcess> processes() {
        return known;
    }

    /** Those that were there at the look before it and not at the last. */
    List<KnownProcess> left() {
        return left;
    }

    /** Looks who is there. When that fails, what was known before is still known. */
    void look() {
        now.clear();
        unknown.clear();
        left.clear();
        matched = 0;
        source.open();
        while (source.next()) {
            // A method of its own: this loop is interpreted for the first hundreds of looks, and what it calls is not.
            meet(source.pid());
        }
        leaveUpTo(Integer.MAX_VALUE);
        List<KnownProcess> before = known;
        known = now;
        now = before;
        attribute();
    }

    private void meet(int pid) {
        leaveUpTo(pid);
        boolean wasThere = matched < known.size() && known.get(matched).pid() == pid;
        add(wasThere ? known.get(matched++) : new KnownProcess(pid, source.inode()), wasThere);
    }

    private void leaveUpTo(int pid) {
        while (matched < known.size() && known.get(matched).pid() < pid) {
            left.add(known.get(matched++));
        }
    }

    private void add(KnownProcess process, boolean wasThere) {
        KnownProcess found = process;
        if (found.owner() == Owner.UNKNOWN || found.inode() != source.inode()) {
            boolean there = source.read(found.pid(), stat);
            if (wasThere && (!there || found.startTicks() != stat.startTicks())) {
                left.add(found);
                found = new KnownProcess(found.pid(), source.inode());
            }
            if (!there) {
                return;
            }
            found.foundAt(source.inode());
            found.read(stat);
        }
        now.add(found);
        if (found.owner() == Owner.UNKNOWN) {
            found.belongsTo(lineage.tell(found.pid(), stat));
            if (found.owner() == Owner.UNKNOWN) {
                unknown.add(found);
            }
        }
    }

    /**
     * Whose the rest is, from the parents down. Who has a parent that is not there, because it ended or appeared while we
     * read, stays unknown until the next look.
     */
    private void attribute() {
        int before = unknown.size() + 1;
        while (unknown.size() < before) {
            before = unknown.size();
            int still = 0;
            for (int i = 0; i < before; i++) {
                KnownProcess process = unknown.get(i);
                process.belongsTo(ownerOf(process.parent()));
                if (process.owner() == Owner.UNKNOWN) {
                    unknown.set(still++, process);
                }
            }
            unknown.subList(still, before).clear();
        }
    }

    private Owner ownerOf(int pid) {
        if (pid == 0) {
            // The first process, the kernel's own, and those with a parent outside of our PID namespace.
            return Owner.OTHER;
        }
        int from = 0;
        int to = known.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            KnownProcess candidate = known.get(middle);
            if (candidate.pid() == pid) {
                return candidate.owner();
            }
            if (candidate.pid() < pid) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return Owner.UNKNOWN;
    }
}
