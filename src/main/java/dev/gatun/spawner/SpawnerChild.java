package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.BreakerPolicy;
import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.WaitStatus;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.LineSplitter;
import dev.gatun.process.OutputPump;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.StartPreparation;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The spawner as a process of ours: started again whenever it ends, after a delay that grows with each failure, and its
 * standard error logged. For the loop's thread.
 */
final class SpawnerChild implements ProcessListener, StartPreparation {

    /** Who uses it. */
    interface User {

        /** It runs. */
        void started(SpawnerStreams streams);

        /** What came from its standard output. */
        void output(byte[] bytes, int count);

        /** Its standard output is closed, and it may live on. */
        void outputEnded();

        /** It has ended. @param how as the end of a sentence */
        void ended(String how);

        /** It does not run, and this is what follows. */
        void waiting(String reason);

        /** It is over and not started again. */
        void over(String reason);

        void log(String line);
    }

    private final Libc libc;
    private final EventLoop loop;
    private final boolean hasInput;
    private final User user;
    private final SupervisedProcess process;
    private final LogFlow logFlow;

    /** Of the present start, or the one under way; null where there is none. */
    private SpawnerStreams streams;

    SpawnerChild(
            Libc libc, EventLoop loop, ProcessSetup setup, Backoff backoff, Deadlines deadlines, boolean hasInput,
            User user) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.hasInput = hasInput;
        this.user = requireNonNull(user);
        this.logFlow = new LogFlow(line -> user.log("spawner: " + line), loop::nanos);
        Policy policy = Policy.DEFAULT
                .withRestart(RestartPolicy.always())
                .withBreaker(BreakerPolicy.disabled())
                .withBackoff(backoff)
                .withStop(StopLadder.DEFAULT.withDrain(deadlines.shutdown()).withTimeout(deadlines.stop()))
                .withProbes(true);
        setup.grouping(ProcessSetup.Grouping.PROCESS_GROUP).preparation(this);
        Supervisor supervisor = new Supervisor(
                libc, loop, new ProcessTree(libc), () -> ThreadLocalRandom.current().nextDouble(), this);
        this.process = supervisor.add("spawner", setup, policy, TreeScope.OWN);
    }

    void start() {
        process.start();
    }

    /** It can work: the failures before it are forgotten in time. */
    void becameReady() {
        process.becameReady();
    }

    /** Ends it; another one is started. */
    void restart(String reason) {
        process.probeFailed(reason);
    }

    /** Ends it, after the time to end by itself. */
    void stop() {
        process.stop("the launcher is closed", OptionalInt.empty());
    }

    /** Leaves it alone from now on; its pipes are closed. */
    void release() {
        if (!isOver()) {
            process.release("it outlives its launcher");
        }
        if (streams != null) {
            streams.close();
            streams = null;
        }
    }

    boolean isOver() {
        State.Kind kind = process.state().kind();
        return kind == State.Kind.IDLE || kind.isTerminal();
    }

    @Override
    public void prepare(ProcessSetup setup) {
        streams = SpawnerStreams.open(libc, loop, hasInput, new Output(), new ErrorLines());
        streams.addTo(setup);
    }

    @Override
    public void launched(boolean isStarted) {
        if (isStarted) {
            streams.closeChildEnds();
        } else {
            streams.close();
            streams = null;
        }
    }

    @Override
    public void onExit(SupervisedProcess ended, int pid, Children.Change change) {
        WaitStatus status = change.status();
        SpawnerStreams last = streams;
        // First its last words, which may be exits.
        last.finish();
        streams = null;
        logFlow.tellLeftOut();
        user.ended(status.exited()
                ? new ExitStatus.Code(status.exitCode()).describe()
                : new ExitStatus.Signal(status.signal(), status.dumpedCore()).describe());
    }

    @Override
    public void onTransition(SupervisedProcess changed, Transition transition) {
        State.Kind from = transition.from().kind();
        switch (transition.to().kind()) {
            case RUNNING -> {
                if (from != State.Kind.RUNNING) {
                    user.started(streams);
                }
            }
            case BACKING_OFF -> user.waiting(transition.reason());
            case EXITED, FAILED -> user.over(transition.reason());
            case IDLE, STARTING, READY, STOPPING -> {}
        }
    }

    private final class Output implements OutputPump.Sink {

        @Override
        public void bytes(byte[] bytes, int count) {
            user.output(bytes, count);
        }

        @Override
        public void end(boolean isComplete) {
            if (isComplete) {
                user.outputEnded();
            }
        }
    }

    private final class ErrorLines implements OutputPump.Sink {

        private final LineSplitter splitter = new LineSplitter(line -> logFlow.line(line.marked()));

        @Override
        public void bytes(byte[] bytes, int count) {
            splitter.add(bytes, 0, count);
        }

        @Override
        public void end(boolean isComplete) {
            splitter.end();
        }
    }
}
