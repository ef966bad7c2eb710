package dev.gatun.service.init;

import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.Spawned;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import dev.gatun.service.instance.Presence;
import dev.gatun.service.instance.ProcessIdentity;
import java.util.List;
import java.util.Optional;

/** A process on its way: under a launcher of ours, or of somebody else who was faster. For the loop's thread. */
final class StartingProcess implements AutoCloseable {

    private enum State {
        WAITING,
        RUNS,
        FAILED
    }

    private final Libc libc;
    private final EventLoop loop;
    private final ManagedProcess process;
    private final InitOutput output;
    private final Runnable news;
    private State state = State.WAITING;
    private boolean handingOver;

    /** Of the launcher that is waited for; ours, our child, if there is one. */
    private Optional<PidFd> launcher = Optional.empty();

    private Optional<Watch> watch = Optional.empty();
    private int ownPid;
    private String ownEnd = "";

    /** @param news what to do when a launcher has ended */
    StartingProcess(Libc libc, EventLoop loop, ManagedProcess process, InitOutput output, Runnable news) {
        this.libc = libc;
        this.loop = loop;
        this.process = process;
        this.output = output;
        this.news = news;
    }

    String name() {
        return process.name();
    }

    /** Where there will be news of it. */
    String folder() {
        return process.instance().folder();
    }

    String logPath() {
        return process.logPath();
    }

    boolean isSettled() {
        return state != State.WAITING;
    }

    boolean runs() {
        return state == State.RUNS;
    }

    /** Whether the launcher is about to become the process, of which there is no news in the end. */
    boolean isHandingOver() {
        return state == State.WAITING && handingOver;
    }

    void launch(Launchers launchers) {
        SpawnResult result = launchers.start(process);
        if (result instanceof Spawned spawned) {
            ownPid = spawned.pid();
            watch(spawned.pidfd());
        } else {
            fail("its launcher cannot be started: " + ((SpawnFailure) result).describe());
        }
    }

    private void watch(PidFd opened) {
        launcher = Optional.of(opened);
        watch = Optional.of(loop.watch(opened, Epoll.READABLE, readiness -> launcherEnded()));
    }

    private void launcherEnded() {
        forgetLauncher();
        if (ownPid != 0) {
            Optional<Children.Change> end = new Children(libc).collect(ownPid);
            ownEnd = end.isPresent() ? end.get().status().toString() : "ended";
            ownPid = 0;
        }
        news.run();
    }

    private void forgetLauncher() {
        watch.ifPresent(Watch::cancel);
        watch = Optional.empty();
        launcher.ifPresent(PidFd::close);
        launcher = Optional.empty();
    }

    /** Looks what has become of it. */
    void look() {
        if (state != State.WAITING) {
            return;
        }
        Presence presence = process.instance().look();
        handingOver = presence instanceof Presence.Starting starting && starting.isHandingOver();
        switch (presence.kind()) {
            case RUNNING -> {
                // The pid file is written last, and whoever started it may be looking for that.
                if (process.instance().exists()) {
                    state = State.RUNS;
                }
            }
            case STARTING -> await(((Presence.Starting) presence).by());
            case NOT_RUNNING, UNREADABLE -> {
                if (launcher.isEmpty()) {
                    fail(ownEnd.isEmpty() ? presence.words() : "its launcher " + ownEnd);
                }
            }
        }
    }

    /** Ours has ended because another one was faster, or there was one before. */
    private void await(ProcessIdentity other) {
        if (launcher.isEmpty()) {
            Optional<PidFd> opened = other.open(libc);
            if (opened.isPresent()) {
                watch(opened.get());
            } else {
                loop.post(news);
            }
        }
    }

    private void fail(String why) {
        state = State.FAILED;
        output.err(process.name() + ": not started, " + why);
        List<String> lines = StartupLogs.tail(process.logPath());
        if (!lines.isEmpty()) {
            output.err("the end of " + process.logPath() + ":");
            for (String line : lines) {
                output.err("  " + line);
            }
        }
    }

    @Override
    public void close() {
        forgetLauncher();
    }
}
