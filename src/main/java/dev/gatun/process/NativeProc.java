package dev.gatun.process;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.WaitStatus;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A child of {@link NativeProcLauncher} from its spawn to its end, for the loop's thread. Its end is that of its leader
 * and of its output; where it was stopped, that of all its descendants.
 */
final class NativeProc {

    private static final Duration RETRY = Duration.ofMillis(100);

    /** How long after the leader's end a descendant may hold the output. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(2);

    /** A descendant may come into being between a look at the tree and the KILL of its parent. */
    private static final Duration KILL_AGAIN = Duration.ofSeconds(1);

    private final NativeWorld world;
    private final EventLoop loop;
    private final Tree tree;
    private final int pid;
    private final List<NativeOutput> outputs;
    private final Optional<Tail> tail;
    private final Consumer<ProcExit> whenOver;

    private PidFd leader;
    private Watch leaderWatch;
    private WaitStatus status;

    /** Descendants that were there when the stop began: once their ancestors are gone, nothing tells whose they are. */
    private final List<WatchedDescendant> remembered = new ArrayList<>();

    private TreeWatch rest;
    private Timer killTimer;
    private boolean isStopping;
    private boolean isKilled;
    private boolean isOver;

    /**
     * A child that has just been made.
     *
     * @param outputs what it writes to; the last is its standard error
     * @param whenOver told once how it ended
     */
    NativeProc(NativeWorld world, Spawned spawned, List<NativeOutput> outputs, Consumer<ProcExit> whenOver) {
        this.world = world;
        this.loop = world.loop();
        this.tree = world.tree();
        this.pid = spawned.pid();
        this.leader = spawned.pidfd();
        this.outputs = outputs;
        this.tail = outputs.isEmpty() ? Optional.empty() : Optional.of(outputs.getLast().tail());
        this.whenOver = whenOver;
    }

    /** Begins to watch it. */
    void watch() {
        outputs.forEach(this::read);
        watchLeader();
    }

    /** Where the kernel has no memory or no watch left (epoll_ctl(2)), the child runs all the same: tries until it has. */
    private void read(NativeOutput output) {
        try {
            output.read(world.readBuffer(), this::lookForEnd);
        } catch (LinuxException shortage) {
            loop.schedule(RETRY, () -> read(output));
        }
    }

    private void watchLeader() {
        try {
            leaderWatch = loop.watch(leader, Epoll.READABLE, readiness -> collect());
        } catch (LinuxException shortage) {
            loop.schedule(RETRY, this::watchLeader);
        }
    }

    private void collect() {
        if (status == null) {
            world.children().collect(pid).ifPresent(change -> leaderEnded(change.status()));
        }
    }

    private void leaderEnded(WaitStatus how) {
        status = how;
        leaderWatch.cancel();
        leader.close();
        outputs.forEach(output -> output.finish(LEFT_BEHIND));
        if (isStopping) {
            endRest();
        }
        lookForEnd();
    }

    /**
     * Begins an orderly stop: TERM to the group, and KILL to all of the tree after the timeout, unless that comes earlier
     * by another request.
     *
     * @throws LinuxException where TERM may not be sent
     */
    void terminate(Duration timeout) {
        if (isOver || isKilled) {
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
        beginStop();
        if (status == null) {
            signalGroup(Signal.TERM);
        }
    }

    /**
     * Kills all of the tree, again and again until nobody is left.
     *
     * @throws LinuxException where KILL may not be sent
     */
    void kill() {
        if (isOver) {
            return;
        }
        if (killTimer != null) {
            killTimer.cancel();
        }
        killTimer = loop.schedule(KILL_AGAIN, this::killAgain);
        boolean isRepeated = isKilled;
        isKilled = true;
        beginStop();
        try {
            // The leader first: it would see the end of its children and go its own way.
            if (status == null) {
                signalGroup(Signal.KILL);
            }
        } finally {
            remembered.forEach(descendant -> descendant.signal(Signal.KILL));
            if (rest != null) {
                rest.signal(Signal.KILL.number());
            }
            if (isRepeated || status != null) {
                tree.signal(pid, status != null, Signal.KILL.number());
            }
        }
    }

    private void killAgain() {
        try {
            kill();
        } catch (LinuxException refused) {
            // Whoever asked for the first has been told, and may wait for what nobody here has the right to end.
        }
    }

    private void beginStop() {
        if (isStopping) {
            return;
        }
        isStopping = true;
        if (status == null) {
            remember();
        } else {
            endRest();
        }
    }

    private void remember() {
        for (ProcStat descendant : world.recentDescendants(pid)) {
            world.processTree().open(descendant).ifPresent(pidfd -> remembered.add(new WatchedDescendant(loop, pidfd,
                    this::descendantEnded)));
        }
    }

    private void descendantEnded(WatchedDescendant descendant) {
        remembered.remove(descendant);
        lookForEnd();
    }

    /** The number is the leader's as long as nobody has waited for it, and so is the group's. */
    private void signalGroup(Signal signal) {
        long result = world.libc().kill(-pid, signal.number());
        if (result != -Errno.ESRCH && result < 0) {
            throw new LinuxException("kill", (int) -result, "-" + pid + ", " + signal);
        }
    }

    private void endRest() {
        Signal signal = isKilled ? Signal.KILL : Signal.TERM;
        remembered.forEach(descendant -> descendant.signal(signal));
        // A look at all processes takes milliseconds, and the kernel knows at once that nobody is left in the group.
        if (tree.hasGroup(pid)) {
            tree.signal(pid, true, signal.number());
            rest = new TreeWatch(loop, world.processTree(), tree, pid, this::restIsGone);
            rest.look();
        } else {
            restIsGone();
        }
    }

    private void restIsGone() {
        rest = null;
        lookForEnd();
    }

    private void lookForEnd() {
        if (status != null && isStopping && rest == null && remembered.isEmpty()) {
            // Nobody is left who could write.
            outputs.forEach(NativeOutput::close);
        }
        if (status == null || rest != null || !remembered.isEmpty() || isOver
                || !outputs.stream().allMatch(NativeOutput::hasEnded)) {
            return;
        }
        isOver = true;
        if (killTimer != null) {
            killTimer.cancel();
        }
        whenOver.accept(exit());
    }

    private ProcExit exit() {
        Optional<List<String>> lastLines = tail.map(Tail::lines);
        return status.exited()
                ? new ProcExit.Exited(status.exitCode(), lastLines)
                : new ProcExit.Signalled(status.signal(), status.dumpedCore(), lastLines);
    }

    /** Gives up watching one that is to go on without us. */
    void abandon() {
        if (!isOver) {
            isOver = true;
            if (status == null) {
                if (leaderWatch != null) {
                    leaderWatch.cancel();
                }
                leader.close();
            }
            remembered.forEach(WatchedDescendant::close);
            outputs.forEach(NativeOutput::close);
            whenOver.accept(new ProcExit.Failed("the launcher was closed and the process goes on"));
        }
    }
}
