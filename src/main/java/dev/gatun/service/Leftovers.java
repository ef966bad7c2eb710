package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import java.time.Duration;
import java.util.List;

/**
 * Descendants that belong to no process of the configuration any more: daemons that left their group and session. They
 * have come to us, a subreaper, and end with the service: TERM, and KILL after a while. For the loop's thread.
 */
final class Leftovers {

    private static final Duration REPEAT = Duration.ofSeconds(1);

    private final Libc libc;
    private final EventLoop loop;
    private final ProcessTree processTree;
    private final Duration timeout;
    private final Log log;
    private boolean told;
    private boolean killing;

    Leftovers(Libc libc, EventLoop loop, ProcessTree processTree, Duration timeout, Log log) {
        this.libc = libc;
        this.loop = loop;
        this.processTree = processTree;
        this.timeout = timeout;
        this.log = log;
    }

    /** Whether there are none; the first time that there are some they are told to go. Ask at every SIGCHLD. */
    boolean areGone() {
        List<ProcStat> left = processTree.descendants((int) libc.getpid());
        if (left.isEmpty()) {
            return true;
        }
        if (!told) {
            told = true;
            log.info("ending what is left of the service", "processes", left.size());
            signal(left, Signal.TERM.number());
            loop.schedule(timeout, this::kill);
        } else if (killing) {
            signal(left, Signal.KILL.number());
        }
        return false;
    }

    /** A process in an uninterruptible wait, or one that forks as fast as we look, can outlive a KILL. */
    private void kill() {
        killing = true;
        if (!areGone()) {
            loop.schedule(REPEAT, this::kill);
        }
    }

    private void signal(List<ProcStat> processes, int signal) {
        for (ProcStat process : processes) {
            processTree.signal(process, signal);
        }
    }
}
