package dev.gatun.service.init;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.service.instance.ProcessIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All processes that belong to one that is to be stopped: its descendants, and who is in the group or session that it
 * leads. They are no children of ours, and when it has ended nothing says any more whose descendants they were: so they
 * are remembered, from a look before the stop on.
 */
final class StopTree {

    /** A fork bomb is faster than any walk. */
    private static final int MAX_LOOKS = 32;

    private final Libc libc;
    private final ProcessTree processTree;
    private final Set<ProcessIdentity> known;
    private final List<ProcessIdentity> markers;

    /** @param roots the process and its launcher, as far as they are there; those to be killed first come first */
    StopTree(Libc libc, ProcessTree processTree, List<ProcessIdentity> roots) {
        this.libc = libc;
        this.processTree = processTree;
        known = new LinkedHashSet<>(roots);
        markers = new ArrayList<>(roots);
    }

    /** Who of them is alive, roots first; whoever is found now is remembered. */
    List<ProcessIdentity> look() {
        List<ProcStat> all = processTree.all();
        Map<Integer, ProcessIdentity> identities = new HashMap<>();
        for (ProcStat process : all) {
            identities.put(process.pid(), new ProcessIdentity(process.pid(), process.startTicks()));
        }
        // A number marks its group and session until another process has it.
        markers.removeIf(marker -> identities.containsKey(marker.pid())
                && !identities.get(marker.pid()).equals(marker));
        Set<Integer> members = new HashSet<>();
        for (ProcessIdentity process : known) {
            if (process.equals(identities.get(process.pid()))) {
                members.add(process.pid());
            }
        }
        // We may be a descendant of what we stop, and are to see the end of it.
        int self = (int) libc.getpid();
        boolean found = true;
        while (found) {
            found = false;
            for (ProcStat process : all) {
                if (process.pid() != self && isMember(process, members) && members.add(process.pid())) {
                    known.add(identities.get(process.pid()));
                    found = true;
                }
            }
        }
        return alive(members, identities);
    }

    private boolean isMember(ProcStat process, Set<Integer> members) {
        if (members.contains(process.parent())) {
            return true;
        }
        for (ProcessIdentity marker : markers) {
            if (process.group() == marker.pid() || process.session() == marker.pid()) {
                return true;
            }
        }
        return false;
    }

    private List<ProcessIdentity> alive(Set<Integer> members, Map<Integer, ProcessIdentity> identities) {
        List<ProcessIdentity> alive = new ArrayList<>();
        for (ProcessIdentity process : known) {
            if (members.contains(process.pid()) && process.equals(identities.get(process.pid()))
                    && process.isAlive(libc)) {
                alive.add(process);
            }
        }
        return alive;
    }

    /**
     * Sends KILL to all of them, and looks again until a look finds nobody new, since one may have forked in between.
     *
     * @return who got it
     */
    Set<ProcessIdentity> kill() {
        Set<ProcessIdentity> killed = new LinkedHashSet<>();
        int before = -1;
        for (int looks = 0; looks < MAX_LOOKS && killed.size() > before; looks++) {
            before = killed.size();
            for (ProcessIdentity member : look()) {
                if (!killed.contains(member) && send(member, Signal.KILL)) {
                    killed.add(member);
                }
            }
        }
        return killed;
    }

    /** Whether it was there to get it, and may be signalled: it can have changed its user to one out of our reach. */
    boolean send(ProcessIdentity member, Signal signal) {
        Optional<PidFd> opened = member.open(libc);
        if (opened.isEmpty()) {
            return false;
        }
        try (PidFd pidfd = opened.get()) {
            return pidfd.send(signal.number());
        } catch (LinuxException refused) {
            return false;
        }
    }
}
