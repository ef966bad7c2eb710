package dev.gatun.process;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.WaitStatus;
import dev.gatun.linux.cgroup.LimitedGroup;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.time.Duration;
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

    private static final Duration REMOVE_AGAIN = Duration.ofSeconds(1);

    private final NativeWorld world;
    private final EventLoop loop;
    private final TreeStop stop;
    private final int pid;
    private final List<NativeOutput> outputs;
    private final Optional<LimitedGroup> group;
    private final Optional<Tail> tail;
    private final Consumer<ProcExit> whenOver;

    private PidFd leader;
    private Watch leaderWatch;
    private WaitStatus status;
    private boolean isOver;

    /**
     * A child that has just been made.
     *
     * @param outputs what it writes to; the last is its standard error
     * @param group the control group that it is in, and that goes with it
     * @param whenOver told once how it ended
     */
    NativeProc(NativeWorld world, Spawned spawned, List<NativeOutput> outputs, Optional<LimitedGroup> group,
            Consumer<ProcExit> whenOver) {
        this.world = world;
        this.loop = world.loop();
        this.pid = spawned.pid();
        this.stop = new TreeStop(world, pid, group, this::lookForEnd);
        this.leader = spawned.pidfd();
        this.outputs = outputs;
        this.group = group;
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
        stop.leaderEnded();
        lookForEnd();
    }

    /** See {@link TreeStop#terminate}. */
    void terminate(Duration timeout, long requestedNanos) {
        if (!isOver) {
            stop.terminate(timeout, requestedNanos);
            lookForEnd();
        }
    }

    /** See {@link TreeStop#kill}. */
    void kill(long requestedNanos) {
        if (!isOver) {
            stop.kill(requestedNanos);
            lookForEnd();
        }
    }

    private void lookForEnd() {
        if (isOver || status == null || stop.isBegun() && !stop.isDone()) {
            return;
        }
        if (stop.isBegun()) {
            // Nobody is left who could write.
            outputs.forEach(NativeOutput::close);
        }
        if (!isOver && outputs.stream().allMatch(NativeOutput::hasEnded)) {
            isOver = true;
            stop.close();
            ProcExit exit = exit();
            removeGroup();
            whenOver.accept(exit);
        }
    }

    /** A daemon that has been left behind keeps its limits, and the group goes when it does. */
    private void removeGroup() {
        if (group.isPresent() && !group.get().remove()) {
            loop.schedule(REMOVE_AGAIN, this::removeGroup);
        }
    }

    private ProcExit exit() {
        Optional<List<String>> lastLines = tail.map(Tail::lines);
        return status.exited()
                ? new ProcExit.Exited(status.exitCode(), lastLines)
                : new ProcExit.Signalled(status.signal(), status.dumpedCore(), oomEvidence(), lastLines);
    }

    private String oomEvidence() {
        boolean mayBe = status.signal() == Signal.KILL.number() && !stop.isKilled();
        return mayBe ? group.map(LimitedGroup::oomEvidence).orElse("") : "";
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
            stop.close();
            outputs.forEach(NativeOutput::close);
            whenOver.accept(new ProcExit.Failed("the launcher was closed and the process goes on"));
        }
    }
}
