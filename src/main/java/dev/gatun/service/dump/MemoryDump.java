package dev.gatun.service.dump;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes dumps of one service, one at a time. A JVM is asked by HotSpot's attach protocol, on a thread of its own, because
 * that waits for files and for the JVM; a command runs under the supervisor. For the loop's thread, which never waits.
 */
public final class MemoryDump {

    private final Libc libc;
    private final EventLoop loop;
    private final Supervisor supervisor;
    private final DumpPlan plan;

    /** Null while none is under way. */
    private Run run;

    /** @param supervisor the one that reaps all children, for the command */
    public MemoryDump(Libc libc, EventLoop loop, Supervisor supervisor, DumpPlan plan) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.supervisor = requireNonNull(supervisor);
        this.plan = requireNonNull(plan);
    }

    public boolean isUnderWay() {
        return run != null;
    }

    /**
     * Begins a dump. The answer comes once, on the loop's thread, after this method has returned and when the plan's
     * timeout has passed at the latest; none comes after {@link #cancel}.
     *
     * @param pid of the service's process: a child that nobody has waited for. Where it is to be a JVM and is none, the
     *     largest JVM among its descendants is meant
     * @throws IllegalStateException while another is under way
     */
    public void begin(int pid, Consumer<DumpResult> done) {
        requireNonNull(done);
        if (isUnderWay()) {
            throw new IllegalStateException("a dump is under way");
        }
        run = new Run(done);
        run.begin(pid);
    }

    /** Gives up what is under way, since the service has ended by itself. Without a dump this does nothing. */
    public void cancel() {
        if (isUnderWay()) {
            run.end();
        }
    }

    private DumpTask task(int pid) {
        return switch (plan.kind()) {
            case HEAP -> jvmDump(AttachCommand.HEAP, pid);
            case JFR -> jvmDump(AttachCommand.JFR, pid);
            case COMMAND -> new CommandDump(libc, supervisor, plan, pid);
        };
    }

    private DumpTask jvmDump(AttachCommand command, int pid) {
        DumpFile file = new DumpFile(plan.folder(), plan.name(), pid, Instant.now(), command.extension());
        return new JvmDump(libc, command, pid, file, plan.timeout());
    }

    private final class Run implements DumpTask.Conclusion {

        private final Consumer<DumpResult> done;
        private final long startNanos = loop.nanos();
        private DumpTask task;
        private Timer timer;

        Run(Consumer<DumpResult> done) {
            this.done = done;
        }

        void begin(int pid) {
            timer = loop.schedule(plan.timeout(), this::onTimeout);
            task = task(pid);
            task.start(this);
        }

        @Override
        public void taken(Optional<CString> file) {
            loop.post(() -> answer(new DumpResult.Taken(file, Duration.ofNanos(loop.nanos() - startNanos))));
        }

        @Override
        public void failed(String reason) {
            loop.post(() -> answer(new DumpResult.Failed(reason)));
        }

        private void onTimeout() {
            String progress = end();
            done.accept(new DumpResult.Failed(
                    "no dump within " + Words.duration(plan.timeout()) + ": " + progress));
        }

        String end() {
            timer.cancel();
            run = null;
            return task.abandon();
        }

        private void answer(DumpResult result) {
            // One that was given up may have had its answer on the way.
            if (run == this) {
                timer.cancel();
                run = null;
                done.accept(result);
            }
        }
    }
}
