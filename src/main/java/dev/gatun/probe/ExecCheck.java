package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.linux.WaitStatus;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Whether a command exits with 0. It runs in a process group of its own; what is left of its tree is killed, when the
 * time is up and when the command itself has ended.
 */
public final class ExecCheck implements Check {

    private static final Policy POLICY =
            Policy.DEFAULT.withStop(StopLadder.DEFAULT.withTimeout(Duration.ZERO)).withRest(Rest.END);

    private final Supervisor supervisor;
    private final EventLoop loop;
    private final String name;
    private final ProcessSetup setup;

    /**
     * A check by a command.
     *
     * @param supervisor the one that reaps all children
     * @param name of the command, for reasons and recordings
     * @param setup of each attempt; its grouping is set here
     */
    public ExecCheck(Supervisor supervisor, EventLoop loop, String name, ProcessSetup setup) {
        this.supervisor = requireNonNull(supervisor);
        this.loop = requireNonNull(loop);
        this.name = requireNonNull(name);
        this.setup = setup.grouping(ProcessSetup.Grouping.PROCESS_GROUP);
    }

    @Override
    public Kind kind() {
        return Kind.EXEC;
    }

    @Override
    public Attempt begin(Duration timeout, Answer answer) {
        ExecAttempt attempt = new ExecAttempt(requireNonNull(answer));
        attempt.begin(timeout);
        return attempt;
    }

    private final class ExecAttempt implements Attempt, ProcessListener {

        /** Null once it has been given, or is of no interest any more. */
        private Answer answer;

        private SupervisedProcess process;
        private Timer timer;

        /** While the start is under way: a failure then answers a little later. */
        private boolean starting = true;

        ExecAttempt(Answer answer) {
            this.answer = answer;
        }

        void begin(Duration timeout) {
            process = supervisor.add(name, setup, POLICY, TreeScope.OWN, this);
            timer = loop.schedule(timeout, () -> onTimeout(timeout));
            process.start();
            starting = false;
        }

        private void onTimeout(Duration timeout) {
            process.stop("no exit within " + CheckResult.words(timeout), OptionalInt.empty());
            answer(CheckResult.failed("exec " + name + ": no exit within " + CheckResult.words(timeout)));
        }

        @Override
        public void onExit(SupervisedProcess ended, int pid, Children.Change change) {
            WaitStatus status = change.status();
            if (status.exited() && status.exitCode() == 0) {
                answer(CheckResult.succeeded());
            } else {
                String how = status.exited()
                        ? new ExitStatus.Code(status.exitCode()).describe()
                        : new Outcome.Signalled(status.signal(), status.dumpedCore()).describe();
                answer(CheckResult.failed("exec " + name + ": " + how));
            }
        }

        @Override
        public void onTransition(SupervisedProcess failed, Transition transition) {
            if (transition.to() instanceof State.Failed state && state.outcome() instanceof Outcome.SpawnFailed) {
                answer(CheckResult.failed("exec " + name + ": " + state.outcome().describe()));
            }
        }

        private void answer(CheckResult result) {
            timer.cancel();
            if (starting) {
                timer = loop.schedule(Duration.ZERO, () -> tell(result));
            } else {
                tell(result);
            }
        }

        private void tell(CheckResult result) {
            if (answer != null) {
                Answer caller = answer;
                answer = null;
                caller.onResult(result);
            }
        }

        @Override
        public void cancel() {
            if (answer != null) {
                answer = null;
                timer.cancel();
                process.stop("the check is of no interest any more", OptionalInt.empty());
            }
        }
    }
}
