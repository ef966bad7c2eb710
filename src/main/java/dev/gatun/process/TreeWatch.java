package dev.gatun.process;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits for the end of a tree whose orphans do not come to us. One member after the other is watched until a look finds
 * nobody. For the loop's thread.
 */
final class TreeWatch {

    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofMillis(5);

    /** Members can end as fast as we look; after so many looks in vain the loop has its turn. */
    private static final int MAX_LOOKS = 16;

    /**
     * How many looks in a row have to find nobody. One is not enough: who forks and ends between the listing of the
     * processes and its own turn is not seen, and neither is its child.
     */
    private static final int EMPTY_LOOKS = 2;

    /**
     * How often the kernel's word that the group has somebody counts for more than looks that find nobody: it may be a
     * fork bomb that outruns them, but also a zombie that nobody waits for.
     */
    private static final int MAX_DOUBTS = 4;

    private final EventLoop loop;
    private final ProcessTree processTree;
    private final Tree tree;
    private final int leader;
    private final Runnable gone;
    private PidFd member;
    private Watch watch;
    private int doubts;

    /**
     * A watch that has not begun.
     *
     * @param leader pid of the leader, which somebody has waited for
     * @param gone what to do when nobody is left
     */
    TreeWatch(EventLoop loop, ProcessTree processTree, Tree tree, int leader, Runnable gone) {
        this.loop = loop;
        this.processTree = processTree;
        this.tree = tree;
        this.leader = leader;
        this.gone = gone;
    }

    void look() {
        if (isGone()) {
            gone.run();
        } else if (member == null) {
            loop.schedule(doubts > 0 ? SOON : RETRY, this::look);
        }
    }

    private boolean isGone() {
        try {
            return isNobodyFound();
        } catch (LinuxException shortage) {
            // There is no descriptor or no memory for a look or a watch now. To take that for the end would be wrong.
            return false;
        }
    }

    /** Whether nobody is left; if not, a member is watched if possible. */
    private boolean isNobodyFound() {
        int empty = 0;
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            List<ProcStat> members = tree.members(leader, true);
            empty = members.isEmpty() ? empty + 1 : 0;
            if (empty == EMPTY_LOOKS) {
                return !tree.hasGroup(leader) || ++doubts > MAX_DOUBTS;
            }
            for (ProcStat candidate : members) {
                Optional<PidFd> opened = processTree.open(candidate);
                if (opened.isPresent()) {
                    watch(opened.get());
                    return false;
                }
            }
        }
        return false;
    }

    private void watch(PidFd opened) {
        try {
            watch = loop.watch(opened, Epoll.READABLE, readiness -> memberEnded());
            member = opened;
            doubts = 0;
        } finally {
            if (member == null) {
                opened.close();
            }
        }
    }

    private void memberEnded() {
        watch.cancel();
        member.close();
        member = null;
        look();
    }

    /**
     * Sends a signal to the member that is watched: it may have left its group and session since, so that no look finds
     * it any more.
     */
    void signal(int signal) {
        if (member != null) {
            try {
                member.send(signal);
            } catch (LinuxException refused) {
                // It has changed its user as well.
            }
        }
    }
}
