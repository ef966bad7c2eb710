package dev.gatun.process;

import dev.gatun.linux.Errno;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Signal;
import dev.gatun.linux.cgroup.LimitedGroup;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stop of a child of {@link NativeProcLauncher} and of all its descendants: who has to go, what they are sent, and
 * whether somebody is left. For the loop's thread.
 */
final class TreeStop {

    /** A descendant may come into being between a look at the tree and the KILL of its parent. */
    private static final Duration KILL_AGAIN = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final NativeWorld world;
    private final EventLoop loop;
    private final Tree tree;
    private final int leader;
    private final Optional<LimitedGroup> group;
    private final Runnable progress;

    /** Descendants that were there when the stop began: once their ancestors are gone, nothing tells whose they are. */
    private final List<WatchedDescendant> remembered = new ArrayList<>();

    private TreeWatch rest;
    private Timer killTimer;
    private boolean isBegun;
    private boolean isKilled;
    private boolean isLeaderGone;

    /**
     * A stop that nobody has asked for.
     *
     * @param leader pid of the child
     * @param group the control group that all of them are in
     * @param progress run whenever {@link #isDone} may have become true
     */
    TreeStop(NativeWorld world, int leader, Optional<LimitedGroup> group, Runnable progress) {
        this.world = world;
        this.loop = world.loop();
        this.tree = world.tree();
        this.leader = leader;
        this.group = group;
        this.progress = progress;
    }

    boolean isBegun() {
        return isBegun;
    }

    /** Whether KILL has been sent. */
    boolean isKilled() {
        return isKilled;
    }

    /**
     * Begins an orderly stop: TERM to the group, and KILL to all of the tree after the timeout, unless that comes earlier
     * by another request.
     *
     * @param requestedNanos {@link System#nanoTime()} of the request
     * @throws LinuxException where TERM may not be sent
     */
    void terminate(Duration timeout, long requestedNanos) {
        if (isKilled) {
            return;
        }
        Timer later = killTimer;
        killTimer = loop.schedule(timeout, this::killAgain);
        if (later != null && later.isBefore(killTimer)) {
            killTimer.cancel();
            killTimer = later;
        } else if (later != null) {
            later.cancel();
        }
        begin(requestedNanos);
        if (!isLeaderGone) {
            signalGroup(Signal.TERM);
        }
    }

    /**
     * Kills all of the tree, again and again until nobody is left.
     *
     * @param requestedNanos {@link System#nanoTime()} of the request
     * @throws LinuxException where KILL may not be sent
     */
    void kill(long requestedNanos) {
        if (killTimer != null) {
            killTimer.cancel();
        }
        killTimer = loop.schedule(KILL_AGAIN, this::killAgain);
        boolean isRepeated = isKilled;
        isKilled = true;
        begin(requestedNanos);
        try {
            // The leader first: it would see the end of its children and go its own way.
            if (!isLeaderGone) {
                signalGroup(Signal.KILL);
            }
        } finally {
            remembered.forEach(descendant -> descendant.signal(Signal.KILL));
            if (rest != null) {
                rest.signal(Signal.KILL.number());
            }
            group.ifPresent(LimitedGroup::kill);
            if (isRepeated || isLeaderGone) {
                tree.signal(leader, isLeaderGone, Signal.KILL.number());
            }
        }
    }

    private void killAgain() {
        try {
            kill(System.nanoTime());
        } catch (LinuxException refused) {
            // Whoever asked for the first has been told, and may wait for what nobody here has the right to end.
        }
    }

    private void begin(long requestedNanos) {
        if (isBegun) {
            return;
        }
        isBegun = true;
        if (isLeaderGone) {
            endRest();
        } else {
            remember(requestedNanos);
        }
    }

    private void remember(long requestedNanos) {
        try {
            for (ProcStat descendant : world.descendants(leader, requestedNanos)) {
                world.processTree()
                        .open(descendant)
                        .ifPresent(pidfd -> remembered.add(new WatchedDescendant(loop, pidfd, this::descendantEnded)));
            }
        } catch (LinuxException shortage) {
            // Without descriptors for a look the group is in reach all the same, and KILL is repeated.
        }
    }

    private void descendantEnded(WatchedDescendant descendant) {
        remembered.remove(descendant);
        progress.run();
    }

    /** The number is the leader's as long as nobody has waited for it, and so is the group's. */
    private void signalGroup(Signal signal) {
        long result = world.libc().kill(-leader, signal.number());
        if (result != -Errno.ESRCH && result < 0) {
            throw new LinuxException("kill", (int) -result, "-" + leader + ", " + signal);
        }
    }

    /** The leader has been waited for. */
    void leaderEnded() {
        isLeaderGone = true;
        if (isBegun) {
            endRest();
        }
    }

    private void endRest() {
        Signal signal = isKilled ? Signal.KILL : Signal.TERM;
        remembered.forEach(descendant -> descendant.signal(signal));
        // A look at all processes takes milliseconds, and the kernel knows at once that nobody is left in the group.
        if (tree.hasGroup(leader)) {
            tree.signal(leader, true, signal.number());
            rest = new TreeWatch(loop, world.processTree(), tree, leader, this::restIsGone);
            rest.look();
        }
    }

    private void restIsGone() {
        rest = null;
        progress.run();
    }

    /** Whether a stop has been asked for and nobody is left. */
    boolean isDone() {
        if (!isBegun || !isLeaderGone || rest != null || !remembered.isEmpty()) {
            return false;
        }
        if (group.isPresent() && !group.get().pids().isEmpty()) {
            // Somebody has left tree, group and session, but not this.
            loop.schedule(LOOK_AGAIN, progress);
            return false;
        }
        return true;
    }

    /** Ends the stop, whoever is left. */
    void close() {
        if (killTimer != null) {
            killTimer.cancel();
        }
        remembered.forEach(WatchedDescendant::close);
        remembered.clear();
    }
}
