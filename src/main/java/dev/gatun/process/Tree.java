package dev.gatun.process;

import dev.gatun.linux.Children;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The processes of one supervised process, found anew at each look. */
final class Tree {

    /** A fork bomb is faster than any walk; what is left after so many looks is for the next deadline. */
    private static final int MAX_LOOKS = 32;

    private final Libc libc;
    private final ProcessTree processTree;
    private final Children children;
    private final TreeScope scope;

    Tree(Libc libc, ProcessTree processTree, Children children, TreeScope scope) {
        this.libc = libc;
        this.children = children;
        this.processTree = processTree;
        this.scope = scope;
    }

    TreeScope scope() {
        return scope;
    }

    /**
     * All that is alive.
     *
     * @param leader pid of the leader
     * @param waitedFor whether somebody has waited for the leader; its number then marks its group and session only
     *     until it is given to another process, which the kernel does when both are empty
     */
    List<ProcStat> members(int leader, boolean waitedFor) {
        if (scope == TreeScope.ALL_DESCENDANTS) {
            // Without a child there is no descendant, and a walk through /proc takes milliseconds.
            if (children.peek().presence() == Children.Presence.NONE) {
                return List.of();
            }
            return processTree.descendants((int) libc.getpid());
        }
        List<ProcStat> members = new ArrayList<>();
        Set<Integer> pids = new HashSet<>();
        if (!waitedFor) {
            for (ProcStat process : processTree.descendants(leader)) {
                members.add(process);
                pids.add(process.pid());
            }
        }
        for (ProcStat process : processTree.all()) {
            boolean marked = process.pid() == leader || process.group() == leader || process.session() == leader;
            if (marked && !process.isZombie() && pids.add(process.pid())) {
                members.add(process);
            }
        }
        // Looked at last: the number can have been given out while we read.
        boolean reused = waitedFor && !members.isEmpty() && ProcStat.read(libc, leader).isPresent();
        return reused ? List.of() : members;
    }

    /** Whether the leader's group has a process, alive or zombie; unlike a look this cannot miss one. */
    boolean hasGroup(int leader) {
        return libc.kill(-leader, 0) != -Errno.ESRCH;
    }

    /**
     * Sends a signal to every member. For KILL it looks again until a look finds nobody new, since a parent may have
     * forked between the look and its end.
     *
     * @return how many got it
     */
    int signal(int leader, boolean waitedFor, int signal) {
        Set<Identity> signalled = new HashSet<>();
        int looks = signal == Signal.KILL.number() ? MAX_LOOKS : 1;
        int before = -1;
        while (looks-- > 0 && signalled.size() > before) {
            before = signalled.size();
            for (ProcStat member : members(leader, waitedFor)) {
                Identity identity = new Identity(member.pid(), member.startTicks());
                if (!signalled.contains(identity) && send(member, signal)) {
                    signalled.add(identity);
                }
            }
        }
        return signalled.size();
    }

    private boolean send(ProcStat member, int signal) {
        try {
            return processTree.signal(member, signal);
        } catch (LinuxException refused) {
            // A member that changed its user may be out of our reach (EPERM); the others are not.
            return false;
        }
    }

    private record Identity(int pid, long startTicks) {}
}
