package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * All processes, and who is whose. The space of pids is small, so that numbers come back soon; but as in Linux a number
 * is not free while a process, a group or a session has it, and not within the tick in which it became free.
 */
final class ProcessTable {

    private static final int FIRST_PID = 100;

    private final Kernel kernel;
    private final int pidSpace;
    private final Map<Integer, SimProcess> byPid = new TreeMap<>();
    private final Map<Integer, Long> freedAt = new TreeMap<>();
    private Consumer<Integer> freedListener = pid -> {};
    private IntPredicate reserved = pid -> false;
    private int lastPid = FIRST_PID - 1;

    /** Us; PID 1 unless there is another init. */
    final SimProcess us;

    /** Who gets the orphans that no subreaper takes. */
    final SimProcess init;

    /** Parent of processes from without: of init's other children, or of those that enter a PID namespace. */
    final SimProcess elsewhere;

    ProcessTable(Kernel kernel, Scenario.Role role, int pidSpace) {
        this.kernel = kernel;
        this.pidSpace = pidSpace;
        if (role == Scenario.Role.PID_1) {
            elsewhere = new SimProcess(0, null, SimProcess.STRANGER, 0);
            us = ours(1, null);
            init = us;
        } else {
            init = ours(1, null);
            elsewhere = init;
            us = ours(10, init);
        }
        us.subreaper = role == Scenario.Role.SUBREAPER;
        us.uid = kernel.weAreRoot() ? 0 : 1000;
    }

    private SimProcess ours(int pid, SimProcess parent) {
        SimProcess process = new SimProcess(pid, parent, SimProcess.STRANGER, 0);
        process.group = pid;
        process.session = pid;
        byPid.put(pid, process);
        return process;
    }

    void onFreed(Consumer<Integer> listener) {
        freedListener = listener;
    }

    /** Numbers that only {@link #createAs} gives out. */
    void reserve(IntPredicate numbers) {
        reserved = numbers;
    }

    Optional<SimProcess> find(int pid) {
        return Optional.ofNullable(byPid.get(pid));
    }

    Collection<SimProcess> all() {
        return byPid.values();
    }

    List<SimProcess> group(int group) {
        List<SimProcess> members = new ArrayList<>();
        for (SimProcess process : byPid.values()) {
            if (process.group == group) {
                members.add(process);
            }
        }
        return members;
    }

    /** The names in {@code /proc}. */
    String[] listing() {
        List<String> names = new ArrayList<>(List.of("self", "uptime"));
        byPid.keySet().forEach(pid -> names.add(pid.toString()));
        return names.toArray(String[]::new);
    }

    /** A new process, or nothing when there is no number left. */
    Optional<SimProcess> create(SimProcess parent, int origin) {
        for (int i = 0; i < pidSpace; i++) {
            lastPid = lastPid + 1 < FIRST_PID + pidSpace ? lastPid + 1 : FIRST_PID;
            if (isFree(lastPid) && !reserved.test(lastPid)) {
                return Optional.of(add(lastPid, parent, origin));
            }
        }
        return Optional.empty();
    }

    /** The same with a number of choice, if that is free. */
    Optional<SimProcess> createAs(int pid, SimProcess parent, int origin) {
        return isFree(pid) ? Optional.of(add(pid, parent, origin)) : Optional.empty();
    }

    private SimProcess add(int pid, SimProcess parent, int origin) {
        SimProcess process = new SimProcess(pid, parent, origin, kernel.now());
        byPid.put(pid, process);
        return process;
    }

    private boolean isFree(int pid) {
        return !isInUse(pid) && freedAt.getOrDefault(pid, Long.MIN_VALUE) < kernel.now() - 2 * Kernel.NANOS_PER_TICK;
    }

    private boolean isInUse(int number) {
        for (SimProcess process : byPid.values()) {
            if (process.pid == number || process.group == number || process.session == number) {
                return true;
            }
        }
        return false;
    }

    private void noteFreed(int number) {
        if (!isInUse(number)) {
            freedAt.put(number, kernel.now());
            freedListener.accept(number);
        }
    }

    void newSession(SimProcess process) {
        int group = process.group;
        int session = process.session;
        process.session = process.pid;
        process.group = process.pid;
        noteFreed(group);
        noteFreed(session);
    }

    void newGroup(SimProcess process) {
        int group = process.group;
        process.group = process.pid;
        noteFreed(group);
    }

    /** Takes a zombie from the table. */
    void release(SimProcess process) {
        process.life = SimProcess.Life.GONE;
        process.parent.children.remove(process);
        byPid.remove(process.pid);
        noteFreed(process.pid);
        noteFreed(process.group);
        noteFreed(process.session);
    }

    /** Gives the children of one that has ended to the nearest subreaper, or to init. */
    List<SimProcess> orphan(SimProcess dead) {
        SimProcess heir = heir(dead);
        List<SimProcess> orphans = new ArrayList<>(dead.children);
        dead.children.clear();
        for (SimProcess orphan : orphans) {
            orphan.parent = heir;
            heir.children.add(orphan);
        }
        return orphans;
    }

    private SimProcess heir(SimProcess dead) {
        for (SimProcess ancestor = dead.parent; ancestor != null; ancestor = ancestor.parent) {
            if (ancestor.subreaper) {
                return ancestor;
            }
        }
        return init;
    }
}
