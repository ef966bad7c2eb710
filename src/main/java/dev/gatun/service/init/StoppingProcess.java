package dev.gatun.service.init;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import dev.gatun.service.instance.Presence;
import dev.gatun.service.instance.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A process on its way out. Its launcher is asked to stop it, which knows how; without one the process itself gets TERM.
 * When both have ended, whoever is left of the tree gets TERM too, and a while for it. At the deadline all of them get
 * KILL. For the loop's thread.
 */
final class StoppingProcess {

    /** For those that their leader has left behind: it should have seen to them itself. */
    private static final Duration REST_TIMEOUT = Duration.ofSeconds(10);

    /** From KILL until we give up: who waits for a disk or a dead file server dies when that answers. */
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private enum Phase {
        LEADERS,
        REST,
        KILLING,
        GONE,
        FAILED
    }

    private final Libc libc;
    private final EventLoop loop;
    private final ManagedProcess process;
    private final Set<ProcessIdentity> asked;
    private final StopReport report;
    private final StopTree tree;
    private final List<ProcessIdentity> leaders;
    private final Map<ProcessIdentity, Watched> watched = new HashMap<>();
    private Phase phase = Phase.LEADERS;

    private record Watched(PidFd pidfd, Watch watch) {}

    /** @param asked who has been asked to stop; several processes can have one launcher */
    StoppingProcess(
            Libc libc, EventLoop loop, ProcessTree processTree, ManagedProcess process, Presence presence,
            Set<ProcessIdentity> asked, StopReport report) {
        this.libc = libc;
        this.loop = loop;
        this.process = process;
        this.asked = asked;
        this.report = report;
        leaders = leaders(presence);
        tree = new StopTree(libc, processTree, leaders);
    }

    /** The launcher first: what it supervises it would start again. */
    private static List<ProcessIdentity> leaders(Presence presence) {
        List<ProcessIdentity> leaders = new ArrayList<>();
        presence.launcher().ifPresent(leaders::add);
        if (presence instanceof Presence.Running running) {
            leaders.add(running.process());
        }
        return leaders;
    }

    ManagedProcess process() {
        return process;
    }

    boolean isOver() {
        return phase == Phase.GONE || phase == Phase.FAILED;
    }

    boolean isGone() {
        return phase == Phase.GONE;
    }

    /** Asks for the end. */
    void begin() {
        tree.look();
        for (ProcessIdentity leader : leaders) {
            watch(leader);
        }
        ask();
        advance();
    }

    /** The first of the leaders that is still there; once, since a launcher may take a second time for impatience. */
    private void ask() {
        for (ProcessIdentity leader : leaders) {
            if (watched.containsKey(leader)) {
                try {
                    if (asked.add(leader)) {
                        watched.get(leader).pidfd().send(Signal.TERM.number());
                    }
                } catch (LinuxException refused) {
                    over(Phase.FAILED);
                    report.problem(process, "process " + leader.pid() + " may not be stopped: " + refused.getMessage());
                }
                return;
            }
        }
    }

    private void watch(ProcessIdentity member) {
        if (watched.containsKey(member)) {
            return;
        }
        Optional<PidFd> opened = member.open(libc);
        if (opened.isPresent()) {
            PidFd pidfd = opened.get();
            watched.put(member, new Watched(pidfd, loop.watch(pidfd, Epoll.READABLE, readiness -> ended(member))));
        }
    }

    private void ended(ProcessIdentity member) {
        forget(watched.remove(member));
        if (phase == Phase.LEADERS && member.equals(leaders.getFirst())) {
            // A launcher that has ended without its process will not stop it any more.
            ask();
        }
        advance();
    }

    private static void forget(Watched member) {
        member.watch().cancel();
        member.pidfd().close();
    }

    /** When all that are watched have ended: there may be others. */
    private void advance() {
        if (!watched.isEmpty() || isOver()) {
            return;
        }
        List<ProcessIdentity> left = tree.look();
        if (left.isEmpty()) {
            over(Phase.GONE);
            return;
        }
        if (phase == Phase.KILLING) {
            killAgain();
            return;
        }
        if (phase == Phase.LEADERS) {
            phase = Phase.REST;
            loop.schedule(REST_TIMEOUT, this::timeIsUp);
        }
        for (ProcessIdentity member : left) {
            watch(member);
            tree.send(member, Signal.TERM);
        }
        if (watched.isEmpty()) {
            loop.post(this::advance);
        }
    }

    /** Ends it by force, unless that is under way. */
    void timeIsUp() {
        if (phase != Phase.LEADERS && phase != Phase.REST) {
            return;
        }
        boolean rest = phase == Phase.REST;
        phase = Phase.KILLING;
        loop.schedule(KILL_TIMEOUT, this::giveUp);
        Set<ProcessIdentity> killed = killAgain();
        if (!killed.isEmpty()) {
            report.killed(process, rest, killed);
        }
    }

    private Set<ProcessIdentity> killAgain() {
        Set<ProcessIdentity> killed = tree.kill();
        for (ProcessIdentity member : tree.look()) {
            watch(member);
        }
        if (watched.isEmpty()) {
            loop.post(this::advance);
        }
        return killed;
    }

    private void giveUp() {
        if (!isOver()) {
            List<ProcessIdentity> left = tree.look();
            over(left.isEmpty() ? Phase.GONE : Phase.FAILED);
            if (!left.isEmpty()) {
                report.problem(process, "still there after SIGKILL: " + StopReport.pids(left));
            }
        }
    }

    private void over(Phase end) {
        phase = end;
        close();
    }

    void close() {
        for (Watched member : watched.values()) {
            forget(member);
        }
        watched.clear();
    }
}
