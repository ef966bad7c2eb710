package dev.gatun.process;

import dev.gatun.lifecycle.Effect;
import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Lifecycle;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.WaitStatus;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** One process under a {@link Supervisor}: its state, and the kernel objects that go with it. For the loop's thread. */
public final class SupervisedProcess {

    private static final Duration RETRY = Duration.ofMillis(100);

    private final Supervisor supervisor;
    private final String name;
    private final ProcessSetup setup;
    private final LifecycleRun run;
    private final Tree tree;
    private final ProcessListener listener;
    private Supplier<String> oomEvidence = () -> "";

    /** Pid of the latest leader; it goes on to mark its group and session when it is gone. */
    private int leaderPid;

    /** The leader's, while it has not been waited for. */
    private PidFd pidfd;

    private Watch pidfdWatch;

    /** While the end of the leader's tree is awaited member by member. */
    private TreeWatch treeWatch;

    SupervisedProcess(
            Supervisor supervisor, String name, ProcessSetup setup, Lifecycle lifecycle, Tree tree,
            ProcessListener listener) {
        this.supervisor = supervisor;
        this.name = name;
        this.setup = setup;
        this.run = new LifecycleRun(supervisor.loop(), lifecycle, supervisor::nextJitter, this::carryOut);
        this.tree = tree;
        this.listener = listener;
    }

    public String name() {
        return name;
    }

    public State state() {
        return run.state();
    }

    /** Whether a leader is there that has not been waited for. */
    public boolean isRunning() {
        return pidfd != null;
    }

    /** Pid of the latest leader; 0 before the first. */
    public int pid() {
        return leaderPid;
    }

    public void start() {
        handle(new Event.Start());
    }

    /** Starts what is over, or what waits for its next start, with a clean history. */
    public void relaunch() {
        handle(new Event.Relaunch());
    }

    /**
     * Asks for the end, by the stop ladder.
     *
     * @param signal what to send in place of the ladder's stop signal
     */
    public void stop(String reason, OptionalInt signal) {
        handle(new Event.StopRequested(reason, signal));
    }

    /** Says that the process, or its probe, reports that it can work. */
    public void becameReady() {
        handle(new Event.BecameReady());
    }

    /** Says that the process is past help, as its own watchdog or its probe has it: it is stopped, and the policy goes on. */
    public void probeFailed(String reason) {
        handle(new Event.ProbeFailed(reason));
    }

    /** Says that the process asks for more time to become ready. */
    public void moreTime(Duration time) {
        handle(new Event.MoreTimeRequested(time));
    }

    /** Says that the process uses more memory than it may: it is stopped for that. */
    public void limitExceeded(Event.LimitExceeded excess) {
        handle(excess);
    }

    /**
     * Lets go of a process that is to outlive us: it is over as far as we are concerned, and neither watched nor waited
     * for any more. When it ends before us it stays a zombie for as long as we live.
     */
    public void release(String reason) {
        handle(new Event.Lost(reason));
        if (pidfdWatch != null) {
            pidfdWatch.cancel();
            pidfdWatch = null;
        }
        if (pidfd != null) {
            supervisor.unregister(leaderPid);
            pidfd.close();
            pidfd = null;
        }
    }

    /**
     * Whom to ask for evidence that the OOM killer was at work, when KILL has ended the leader. He answers with an empty
     * text where there is none.
     */
    public void onKilled(Supplier<String> evidence) {
        oomEvidence = evidence;
    }

    /**
     * Sends a signal to the leader or to its group.
     *
     * @return whether anybody was there to get it
     */
    public boolean signal(boolean group, int signal) {
        if (pidfd == null) {
            return false;
        }
        if (!group || setup.grouping() == ProcessSetup.Grouping.SHARED) {
            return pidfd.send(signal);
        }
        // The number is the leader's as long as nobody has waited for it, and so is the group's.
        return supervisor.libc().kill(-leaderPid, signal) == 0;
    }

    /** Waits for the leader if it has ended. */
    void collect() {
        if (pidfd != null) {
            Optional<Children.Change> change = supervisor.children().collect(leaderPid);
            if (change.isPresent()) {
                ended(change.get());
            }
        }
    }

    void observeStop() {
        while (pidfd != null) {
            Optional<Children.Change> change = supervisor.children().collectAnyChange(leaderPid);
            if (change.isEmpty()) {
                return;
            }
            WaitStatus status = change.get().status();
            if (status.ended()) {
                ended(change.get());
            } else if (status.stopped()) {
                tell(() -> listener.onStopped(this, status.signal()));
            }
        }
    }

    private void ended(Children.Change change) {
        if (pidfdWatch != null) {
            pidfdWatch.cancel();
            pidfdWatch = null;
        }
        pidfd.close();
        pidfd = null;
        supervisor.unregister(leaderPid);
        tell(() -> listener.onExit(this, leaderPid, change));
        WaitStatus status = change.status();
        ExitStatus exit = status.exited()
                ? new ExitStatus.Code(status.exitCode())
                : new ExitStatus.Signal(status.signal(), status.dumpedCore());
        handle(new Event.ExitObserved(exit, exit.isSignal(Signal.KILL.number()) ? evidence() : ""));
    }

    private String evidence() {
        try {
            return oomEvidence.get();
        } catch (LinuxException unreadable) {
            return "";
        }
    }

    private void handle(Event event) {
        run.handle(event);
    }

    private void carryOut(Effect effect) {
        switch (effect.kind()) {
            case SPAWN -> spawn((Effect.Spawn) effect);
            case SIGNAL -> send((Effect.Signal) effect);
            case START_PROBING -> tell(() -> listener.startProbing(this));
            case STOP_PROBING -> tell(() -> listener.stopProbing(this));
            case AWAIT_TREE -> awaitTree();
            case PUBLISH -> publish(((Effect.Publish) effect).transition());
            case ARM_TIMER, CANCEL_TIMER -> throw new IllegalArgumentException(effect.toString());
        }
    }

    private void spawn(Effect.Spawn effect) {
        SpawnTape tape;
        try {
            tape = prepare();
        } catch (RuntimeException unprepared) {
            handle(new Event.SpawnFailed(describe(unprepared)));
            return;
        }
        SpawnResult result = RecordedSpawn.spawn(supervisor.libc(), tape, name, effect.attempt());
        launched(result instanceof Spawned);
        if (result instanceof Spawned spawned) {
            leaderPid = spawned.pid();
            pidfd = spawned.pidfd();
            supervisor.register(leaderPid, this);
            watchLeader(pidfd);
            handle(new Event.Spawned(leaderPid));
        } else {
            handle(new Event.SpawnFailed(describe((SpawnFailure) result)));
        }
    }

    private SpawnTape prepare() {
        setup.preparation().prepare(setup);
        boolean isPrepared = false;
        try {
            SpawnTape tape = setup.tape(supervisor.libc());
            isPrepared = true;
            return tape;
        } finally {
            if (!isPrepared) {
                launched(false);
            }
        }
    }

    /** Whatever goes wrong here: the child is there, or it is not. */
    private void launched(boolean isStarted) {
        try {
            setup.preparation().launched(isStarted);
        } catch (RuntimeException | Error problem) {
            supervisor.loop().report(problem);
        }
    }

    /** Where the kernel has no memory or no watch left (epoll_ctl(2)), the child runs all the same: tries until it has. */
    private void watchLeader(PidFd leader) {
        if (pidfd != leader) {
            return;
        }
        try {
            pidfdWatch = supervisor.loop().watch(leader, Epoll.READABLE, readiness -> collect());
        } catch (LinuxException shortage) {
            supervisor.loop().schedule(RETRY, () -> watchLeader(leader));
        }
    }

    private static dev.gatun.lifecycle.SpawnFailure describe(RuntimeException unprepared) {
        int errno = unprepared instanceof LinuxException refused ? refused.errno() : 0;
        String problem = String.valueOf(unprepared.getMessage());
        return dev.gatun.lifecycle.SpawnFailure.of("preparation of the child", errno, problem, false);
    }

    private static dev.gatun.lifecycle.SpawnFailure describe(SpawnFailure failure) {
        String step = failure.call() + "(" + failure.argument() + ")";
        String numbered = failure.isExec() || failure.step() == 0 ? step : "step " + failure.step() + ", " + step;
        String problem = failure.errno() == 0 ? "unexpected result" : Errno.describe(failure.errno());
        return dev.gatun.lifecycle.SpawnFailure.of(numbered, failure.errno(), problem, failure.isExec());
    }

    private void send(Effect.Signal effect) {
        switch (effect.target()) {
            case LEADER -> trySignal(false, effect.signal());
            case GROUP -> trySignal(true, effect.signal());
            case TREE -> signalTree(effect.signal());
        }
    }

    private void signalTree(int signal) {
        boolean kill = signal == Signal.KILL.number();
        if (kill && treeWatch != null) {
            treeWatch.signal(signal);
        }
        try {
            tree.signal(leaderPid, pidfd == null, signal);
        } catch (LinuxException blind) {
            // Without a descriptor for /proc the leader and its group are in reach. KILL is repeated for the others.
            trySignal(true, signal);
            if (kill) {
                trySignal(false, signal);
            }
        }
    }

    private void trySignal(boolean group, int signal) {
        try {
            signal(group, signal);
        } catch (LinuxException refused) {
            // The child may have changed its user to one we may not signal. The ladder's next rung is due all the same.
        }
    }

    /**
     * Watches for the end of the tree. Where every orphan comes to us, having no child left says it all, and SIGCHLD is
     * the moment to look. Else one member after the other is watched until a look finds nobody.
     */
    private void awaitTree() {
        if (tree.scope() == TreeScope.ALL_DESCENDANTS) {
            supervisor.awaitTree(this);
            supervisor.reap();
        } else {
            treeWatch = supervisor.watchTree(tree, leaderPid, this::treeIsGone);
            treeWatch.look();
        }
    }

    void treeIsGone() {
        treeWatch = null;
        supervisor.treeAwaited(this);
        handle(new Event.TreeGone());
    }

    private void publish(Transition transition) {
        LifecycleRun.record(name, leaderPid, transition);
        tell(() -> listener.onTransition(this, transition));
    }

    /** What goes wrong in a listener is not to keep the state from going on. */
    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException | Error problem) {
            supervisor.loop().report(problem);
        }
    }
}
