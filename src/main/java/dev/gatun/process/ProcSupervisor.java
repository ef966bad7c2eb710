package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.LinuxException;
import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.LauncherException.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Watches over processes of any launcher: it knows where each stands, hears when one is ready, and sees every stop to its
 * end. A launcher only begins things; deadlines, escalation and what becomes of a launcher that answers late or never
 * are decided here, by the same pure core as for {@code gatun run}. Thread-safe, on one daemon thread of its own.
 */
public final class ProcSupervisor implements AutoCloseable {

    /** As many processes are being stopped at a time when all are. */
    public static final int SHUTDOWN_CONCURRENCY = 16;

    private final ProcLauncher launcher;
    private final Optional<HandleJournal> journal;
    private final LoopThread loopThread;
    private final EventLoop loop;

    /** Those that are not over, also where they count as failed. */
    private final Map<ProcId, Proc> procs = new ConcurrentHashMap<>();

    private volatile boolean isShutDown;

    private ProcSupervisor(ProcLauncher launcher, Optional<HandleJournal> journal, LoopThread loopThread) {
        this.launcher = requireNonNull(launcher);
        this.journal = journal;
        this.loopThread = loopThread;
        this.loop = loopThread.loop();
    }

    /**
     * Starts a supervisor.
     *
     * @param launcher stays its owner's, who closes it after the supervisor
     * @throws LauncherException when there are no descriptors left
     */
    public static ProcSupervisor over(ProcLauncher launcher) {
        return new ProcSupervisor(launcher, Optional.empty(), startLoop());
    }

    /**
     * Starts a supervisor that writes down what runs, so that another life of this program can take it up with {@link
     * #recover}.
     *
     * @param journal is closed with the supervisor
     * @throws LauncherException when there are no descriptors left
     */
    public static ProcSupervisor over(ProcLauncher launcher, HandleJournal journal) {
        return new ProcSupervisor(launcher, Optional.of(journal), startLoop());
    }

    private static LoopThread startLoop() {
        try {
            return LoopThread.start(new SystemLibc(), "gatun-supervisor");
        } catch (LinuxException shortage) {
            throw new LauncherException(Operation.OTHER, shortage.getMessage(), shortage);
        }
    }

    /** Launches a process with {@link Supervision#DEFAULT}. */
    public Proc launch(ProcId id, LaunchOptions options) {
        return launch(id, options, Supervision.DEFAULT);
    }

    /**
     * Launches a process.
     *
     * @throws LauncherException where one of that name is not over, and after a shutdown; what the launcher has to say
     *     comes by {@link Proc#launched} and the state
     */
    public Proc launch(ProcId id, LaunchOptions options, Supervision supervision) {
        requireNonNull(options);
        return begin(id, supervision, () -> launcher.launch(id, options));
    }

    /**
     * Takes up every process of the journal that an earlier life of this program has left. One that the launcher does not
     * find any more is among them, and has failed.
     */
    public List<Proc> recover(Supervision supervision) {
        List<Proc> recovered = new ArrayList<>();
        journal.ifPresent(written -> written.handles().forEach((id, handle) -> {
            if (!procs.containsKey(id)) {
                recovered.add(begin(id, supervision, () -> launcher.recover(id, handle)));
            }
        }));
        return recovered;
    }

    private Proc begin(ProcId id, Supervision supervision, Supplier<CompletionStage<Launched>> launch) {
        Proc proc = new Proc(requireNonNull(id));
        LaunchedProcess process = new LaunchedProcess(loop, launcher, proc, supervision, launch, new Books());
        proc.runBy(process);
        if (isShutDown) {
            throw new LauncherException(Operation.LAUNCH, "the supervisor is shut down");
        }
        if (procs.putIfAbsent(id, proc) != null) {
            throw new LauncherException(Operation.LAUNCH, "there is a process " + id + " already");
        }
        process.start();
        return proc;
    }

    private final class Books implements LaunchedProcess.LaunchListener {

        @Override
        public void started(Proc proc, Launched launched) {
            journal.ifPresent(written -> written.started(proc.id(), launched.handle()));
        }

        @Override
        public void over(Proc proc) {
            procs.remove(proc.id(), proc);
            journal.ifPresent(written -> written.over(proc.id()));
        }
    }

    /** A process that is not over; one whose kill was not confirmed is still found. */
    public Optional<Proc> find(ProcId id) {
        return Optional.ofNullable(procs.get(id));
    }

    /** All that are not over. */
    public List<Proc> all() {
        return List.copyOf(procs.values());
    }

    /**
     * What came of a shutdown.
     *
     * @param attempted how many had to be stopped
     * @param ok how many of them are over
     * @param failed how many did not end, as far as anybody knows
     */
    public record Summary(int attempted, int ok, int failed) {}

    /**
     * Stops all processes, some at a time, and launches no more. Each is given the timeout from when its turn comes, and
     * is killed then.
     *
     * @param concurrency at least 1
     */
    public CompletionStage<Summary> shutdown(Duration timeout, int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("at least 1 process is stopped at a time, not " + concurrency);
        }
        isShutDown = true;
        CompletableFuture<Summary> done = new CompletableFuture<>();
        loop.post(() -> new Shutdown(all(), timeout, done).begin(concurrency));
        return done;
    }

    /** Ends the supervisor. Processes that are not over go on without it: to end them is what {@link #shutdown} is for. */
    @Override
    public void close() {
        isShutDown = true;
        loopThread.close();
        journal.ifPresent(HandleJournal::close);
    }
}
