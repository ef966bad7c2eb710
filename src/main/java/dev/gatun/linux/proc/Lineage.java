package dev.gatun.linux.proc;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose a process is, as far as it can be told from the process alone; the others are whose their parent is.
 *
 * <p>A parent says it, but not for ever: when it ends, its children go to the nearest subreaper. So what was once seen in
 * its place is remembered ({@link Census}), and the process group and the session mark the rest, as they do where a tree
 * is stopped. Their numbers are not given to another process while anybody is in them (credentials(7)).
 */
final class Lineage {

    /** To whom a process is counted. */
    enum Owner {
        /** Nothing is known yet. */
        UNKNOWN,
        /** To the tree that is measured. */
        COUNTED,
        /** To somebody else. */
        OTHER
    }

    private static final int NONE = -1;

    /** A process whose number marks its group and session, until the number is another process's. */
    private record Leader(int pid, long startTicks) {}

    private final int ancestor;
    private final List<Leader> counted = new ArrayList<>(1);
    private final List<Leader> others = new ArrayList<>();

    private Lineage(int ancestor) {
        this.ancestor = ancestor;
    }

    /** A process, its descendants, and whoever is in the group or session that it leads. */
    static Lineage from(int root, long startTicks) {
        Lineage lineage = new Lineage(NONE);
        lineage.counted.add(new Leader(root, startTicks));
        return lineage;
    }

    /** All descendants of a process, without itself. */
    static Lineage below(int ancestor) {
        return new Lineage(ancestor);
    }

    /** Leaves out a process, its descendants, and whoever is in the group or session that it leads. */
    void except(int pid, long startTicks) {
        others.add(new Leader(pid, startTicks));
    }

    /** What the process itself tells. */
    Owner tell(int pid, StatLine stat) {
        if (pid == ancestor || isMarked(others, pid, stat)) {
            return Owner.OTHER;
        }
        return stat.parent() == ancestor || isMarked(counted, pid, stat) ? Owner.COUNTED : Owner.UNKNOWN;
    }

    private static boolean isMarked(List<Leader> leaders, int pid, StatLine stat) {
        // By index, from behind: a leader whose number has gone to this process is taken out.
        for (int i = leaders.size() - 1; i >= 0; i--) {
            Leader leader = leaders.get(i);
            if (leader.pid() == pid && leader.startTicks() != stat.startTicks()) {
                leaders.remove(i);
            } else if (leader.pid() == pid || leader.pid() == stat.group() || leader.pid() == stat.session()) {
                return true;
            }
        }
        return false;
    }
}
