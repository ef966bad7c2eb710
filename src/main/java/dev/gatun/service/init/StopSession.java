package dev.gatun.service.init;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.service.instance.Presence;
import dev.gatun.service.instance.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stops processes, all at once and within one deadline. For one thread, which is the loop's. */
final class StopSession implements AutoCloseable {

    private final Libc libc;
    private final InitOutput output;
    private final Duration timeout;
    private final StopReport report;
    private final EventLoop loop;
    private final Interruption interruption;
    private final List<StoppingProcess> all = new ArrayList<>();
    private Optional<Throwable> problem = Optional.empty();

    StopSession(Libc libc, StartupLogs logs, InitOutput output, Duration timeout) {
        this.libc = libc;
        this.output = output;
        this.timeout = timeout;
        report = new StopReport(logs, output, timeout);
        loop = EventLoop.open(libc, thrown -> problem = Optional.of(thrown));
        interruption = new Interruption(libc, loop);
    }

    int run(List<ManagedProcess> processes) {
        ProcessTree tree = new ProcessTree(libc);
        Set<ProcessIdentity> asked = new HashSet<>();
        List<ManagedProcess> gone = new ArrayList<>();
        for (ManagedProcess process : processes) {
            Presence presence = process.instance().look();
            switch (presence.kind()) {
                case RUNNING, STARTING ->
                    all.add(new StoppingProcess(libc, loop, tree, process, presence, asked, report));
                case NOT_RUNNING -> gone.add(process);
                case UNREADABLE -> report.problem(process, presence.words());
            }
        }
        for (StoppingProcess process : all) {
            process.begin();
        }
        loop.schedule(timeout, this::timeIsUp);
        while (!isOver() && !interruption.isThere() && problem.isEmpty()) {
            loop.runOnce();
        }
        if (problem.isPresent()) {
            output.err("cannot wait any longer: " + problem.get().getMessage());
            return InitVerbs.FAILED;
        }
        if (!isOver()) {
            output.err(interruption.name() + ": not waiting any longer; what was told to stop goes on stopping");
            return interruption.exitCode();
        }
        for (StoppingProcess process : all) {
            if (process.isGone()) {
                gone.add(process.process());
            }
        }
        removeFiles(gone);
        return report.hasProblems() ? InitVerbs.FAILED : InitVerbs.DONE;
    }

    private void timeIsUp() {
        for (StoppingProcess process : all) {
            process.timeIsUp();
        }
    }

    private boolean isOver() {
        for (StoppingProcess process : all) {
            if (!process.isOver()) {
                return false;
            }
        }
        return true;
    }

    /** Where somebody starts the service at this moment the files are theirs, and stay. */
    private void removeFiles(List<ManagedProcess> processes) {
        for (ManagedProcess process : processes) {
            try {
                process.instance().removeStale();
            } catch (LinuxException refused) {
                report.problem(process, "its pid file cannot be removed: " + refused.getMessage());
            }
        }
    }

    @Override
    public void close() {
        for (StoppingProcess process : all) {
            process.close();
        }
        interruption.close();
        loop.close();
    }
}
