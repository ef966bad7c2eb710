package dev.gatun.linux.proc;

import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes below one, found by their parents in {@code /proc}. It is a snapshot: a process that forks while it is
 * taken can have a child that is not in it, so whoever ends a tree looks again until it is empty.
 */
public final class ProcessTree {

    /** Where the pids of all processes come from; a simulated kernel has its own. */
    @FunctionalInterface
    public interface Listing {
        /** Names of the entries of {@code /proc}, or null where there is no such folder. */
        String[] entries();
    }

    private final Libc libc;
    private final Listing listing;

    public ProcessTree(Libc libc) {
        this(libc, () -> new File("/proc").list());
    }

    public ProcessTree(Libc libc, Listing listing) {
        this.libc = libc;
        this.listing = listing;
    }

    /** All processes, zombies too. */
    public List<ProcStat> all() {
        List<ProcStat> processes = new ArrayList<>();
        String[] names = listing.entries();
        if (names == null) {
            return processes;
        }
        for (String name : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                Optional<ProcStat> process = ProcStat.read(libc, Integer.parseInt(name));
                process.ifPresent(processes::add);
            }
        }
        return processes;
    }

    /** All descendants of a process that have not ended, parents before their children. */
    public List<ProcStat> descendants(int ancestor) {
        return snapshot().descendants(ancestor);
    }

    /** Looks at all processes once, to be asked about many. */
    public Snapshot snapshot() {
        Map<Integer, List<ProcStat>> children = new HashMap<>();
        for (ProcStat process : all()) {
            children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                    .add(process);
        }
        return new Snapshot(children);
    }

    /** The processes of one moment, by their parents. Immutable. */
    public static final class Snapshot {

        private final Map<Integer, List<ProcStat>> children;

        private Snapshot(Map<Integer, List<ProcStat>> children) {
            this.children = children;
        }

        /** All descendants of a process that had not ended, parents before their children. */
        public List<ProcStat> descendants(int ancestor) {
            List<ProcStat> found = new ArrayList<>();
            Set<Integer> visited = new HashSet<>();
            List<Integer> next = new ArrayList<>(List.of(ancestor));
            while (!next.isEmpty()) {
                int parent = next.removeLast();
                // Pids are reused while we read, so that a loop of parents can appear that never was.
                if (!visited.add(parent)) {
                    continue;
                }
                for (ProcStat child : children.getOrDefault(parent, List.of())) {
                    if (!child.isZombie()) {
                        found.add(child);
                    }
                    next.add(child.pid());
                }
            }
            return found;
        }
    }

    /**
     * Sends a signal to a process of a snapshot, unless its pid has gone to another since.
     *
     * @return whether it was still there
     */
    public boolean signal(ProcStat process, int signal) {
        Optional<PidFd> opened = open(process);
        if (opened.isEmpty()) {
            return false;
        }
        try (PidFd pidfd = opened.get()) {
            return pidfd.send(signal);
        }
    }

    /** Opens a process of a snapshot; empty when it is gone, or its pid has gone to another since. */
    public Optional<PidFd> open(ProcStat process) {
        Optional<PidFd> opened = PidFd.open(libc, process.pid());
        boolean same = false;
        try {
            if (opened.isPresent()) {
                // Only now, with the descriptor in hand, does the comparison prove anything.
                Optional<ProcStat> now = ProcStat.read(libc, process.pid());
                same = now.isPresent() && now.get().startTicks() == process.startTicks();
            }
        } finally {
            if (!same) {
                opened.ifPresent(PidFd::close);
            }
        }
        return same ? opened : Optional.empty();
    }
}
