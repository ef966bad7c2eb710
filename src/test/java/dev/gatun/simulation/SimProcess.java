package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An entry of the simulated process table; its identity is the object, as the pid is reused. */
final class SimProcess {

    enum Life {
        LIVE, STOPPED, ZOMBIE, GONE
    }

    /** Who started it, as the truth has it: which supervised process it descends from by forks, however it has escaped. */
    static final int STRANGER = -1;

    final int pid;
    final int origin;

    /** Of which start of that process, counted over all. */
    int start;

    final long bornNanos;
    final List<SimProcess> children = new ArrayList<>();
    final Set<Integer> pendingSignals = new TreeSet<>();

    SimProcess parent;
    int group;
    int session;
    int uid;
    Life life = Life.LIVE;
    Program program;
    List<Act> acts = List.of();
    int nextAct;

    /** Counts what makes earlier plans void: a step that was planned before a new program or a TERM is not made. */
    int plan;

    boolean overdue;
    boolean subreaper;
    boolean blocksSignals;
    boolean inDiskWait;

    /** Created by us on a tape, rather than by one of them. */
    boolean leader;

    /** Its tape came to its end: we take it for a started process. */
    boolean started;

    boolean stopUntold;
    boolean continueUntold;
    int stopSignal;

    int waitStatus;
    long diedNanos;

    /** When the parent it has now was told of its end. */
    long toldNanos;

    SimProcess(int pid, SimProcess parent, int origin, long bornNanos) {
        this.pid = pid;
        this.parent = parent;
        this.origin = origin;
        this.bornNanos = bornNanos;
        if (parent != null) {
            group = parent.group;
            session = parent.session;
            uid = parent.uid;
            start = parent.start;
            parent.children.add(this);
        }
    }

    boolean isAlive() {
        return life == Life.LIVE || life == Life.STOPPED;
    }

    boolean isZombie() {
        return life == Life.ZOMBIE;
    }

    boolean descendsFrom(SimProcess ancestor) {
        for (SimProcess process = parent; process != null; process = process.parent) {
            if (process == ancestor) {
                return true;
            }
        }
        return false;
    }

    /** The file {@code /proc/PID/stat}. */
    String stat() {
        char state = switch (life) {
            case LIVE -> inDiskWait ? 'D' : 'S';
            case STOPPED -> 'T';
            case ZOMBIE -> 'Z';
            case GONE -> 'X';
        };
        String head =
                pid + " (sim) (" + pid + ") " + state + " " + (parent == null ? 0 : parent.pid) + " " + group + " "
                        + session;
        return head + " 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + bornNanos / Kernel.NANOS_PER_TICK + " 0 0\n";
    }

    @Override
    public String toString() {
        String who = origin == STRANGER ? "stranger" : (leader ? "leader" : "descendant") + " of p" + origin;
        return pid + " (" + who + ", group " + group + ", session " + session + ", " + life + ")";
    }
}
