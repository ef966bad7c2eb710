package dev.gatun.service.init;

import dev.gatun.linux.CString;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Folders;
import dev.gatun.linux.Inotify;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.service.instance.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts processes and waits until their files say that they run, or their launchers have ended. It hears of both: of
 * files by inotify, of ends by pidfds. For one thread, which is the loop's.
 */
final class StartSession implements AutoCloseable {

    private static final int FOLDER_MODE = 0755;

    /** The kernel tells of a closed file before it gives back the lock on it. */
    private static final Duration SOON = Duration.ofMillis(5);

    /** Where nothing tells of changes to files. */
    private static final Duration WITHOUT_NEWS = Duration.ofMillis(50);

    private final Libc libc;
    private final Launchers launchers;
    private final StartupLogs logs;
    private final InitOutput output;
    private final Duration timeout;
    private final EventLoop loop;
    private final Interruption interruption;
    private final List<StartingProcess> all = new ArrayList<>();
    private Optional<Inotify> news = Optional.empty();
    private Optional<Timer> nextLook = Optional.empty();
    private boolean isLate;
    private Optional<Throwable> problem = Optional.empty();

    StartSession(Libc libc, Launchers launchers, StartupLogs logs, InitOutput output, Duration timeout) {
        this.libc = libc;
        this.launchers = launchers;
        this.logs = logs;
        this.output = output;
        this.timeout = timeout;
        loop = EventLoop.open(libc, thrown -> problem = Optional.of(thrown));
        interruption = new Interruption(libc, loop);
    }

    /** Starts what does not run; nothing at all where it cannot be told of one. */
    int run(List<ManagedProcess> processes) {
        List<ManagedProcess> missing = new ArrayList<>();
        boolean unclear = false;
        for (ManagedProcess process : processes) {
            Presence presence = process.instance().look();
            switch (presence.kind()) {
                case RUNNING -> {}
                case STARTING -> all.add(new StartingProcess(libc, loop, process, output, this::look));
                case NOT_RUNNING -> missing.add(process);
                case UNREADABLE -> {
                    output.err(process.name() + ": " + presence.words());
                    unclear = true;
                }
            }
        }
        if (unclear) {
            return InitVerbs.FAILED;
        }
        for (ManagedProcess process : missing) {
            logs.rotate(process.logPath());
            logs.makeEmpty(process.logPath());
            Folders.make(libc, CString.of(process.instance().folder()), FOLDER_MODE);
        }
        List<StartingProcess> ours = new ArrayList<>();
        for (ManagedProcess process : missing) {
            ours.add(new StartingProcess(libc, loop, process, output, this::look));
        }
        all.addAll(ours);
        listen();
        for (StartingProcess process : ours) {
            process.launch(launchers);
        }
        return await();
    }

    /** Before anything is started, so that no news is missed. */
    private void listen() {
        Inotify inotify;
        try {
            inotify = Inotify.open(libc);
        } catch (LinuxException noneLeft) {
            return;
        }
        news = Optional.of(inotify);
        try {
            for (StartingProcess process : all) {
                // The same folder twice is one watch.
                inotify.watch(CString.of(process.folder()), Inotify.FILE_CHANGED);
            }
            loop.watch(inotify, Epoll.READABLE, readiness -> drain(inotify));
        } catch (LinuxException noneLeft) {
            inotify.close();
            news = Optional.empty();
        }
    }

    private void drain(Inotify inotify) {
        while (!inotify.changes().isEmpty()) {
            // What has changed is seen by a look.
        }
        look();
    }

    private void look() {
        boolean handingOver = false;
        boolean waiting = false;
        for (StartingProcess process : all) {
            process.look();
            handingOver |= process.isHandingOver();
            waiting |= !process.isSettled();
        }
        nextLook.ifPresent(Timer::cancel);
        nextLook = handingOver
                ? Optional.of(loop.schedule(SOON, this::look))
                : waiting && news.isEmpty()
                        ? Optional.of(loop.schedule(WITHOUT_NEWS, this::look))
                        : Optional.empty();
    }

    private int await() {
        loop.schedule(timeout, () -> isLate = true);
        look();
        while (!isSettled() && !isLate && !interruption.isThere() && problem.isEmpty()) {
            loop.runOnce();
        }
        if (problem.isPresent()) {
            output.err("cannot wait any longer: " + problem.get().getMessage());
            return InitVerbs.FAILED;
        }
        if (interruption.isThere()) {
            output.err(interruption.name() + ": not waiting any longer; what was started goes on");
            return interruption.exitCode();
        }
        boolean failed = false;
        for (StartingProcess process : all) {
            if (!process.isSettled()) {
                output.err(process.name() + ": has not started within " + timeout.toSeconds()
                        + " s; its launcher goes on trying, see " + process.logPath());
            }
            failed |= !process.runs();
        }
        return failed ? InitVerbs.FAILED : InitVerbs.DONE;
    }

    private boolean isSettled() {
        for (StartingProcess process : all) {
            if (!process.isSettled()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        for (StartingProcess process : all) {
            process.close();
        }
        news.ifPresent(Inotify::close);
        interruption.close();
        loop.close();
    }
}
