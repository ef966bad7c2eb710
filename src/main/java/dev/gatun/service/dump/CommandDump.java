package dev.gatun.service.dump;

import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.WaitStatus;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A dump by a command, which has taken it when it exits with 0. It runs in the dist root and in a process group of its
 * own; its output goes where ours goes. What is left of its tree is killed, when it is given up and when it has ended.
 */
final class CommandDump implements DumpTask, ProcessListener {

    private static final String PID = "{{PID}}";

    private static final Policy POLICY =
            Policy.DEFAULT.withStop(StopLadder.DEFAULT.withTimeout(Duration.ZERO)).withRest(Rest.END);

    private final Libc libc;
    private final Supervisor supervisor;
    private final DumpPlan plan;
    private final int pid;

    private Conclusion conclusion;
    private SupervisedProcess process;

    CommandDump(Libc libc, Supervisor supervisor, DumpPlan plan, int pid) {
        this.libc = libc;
        this.supervisor = supervisor;
        this.plan = plan;
        this.pid = pid;
    }

    @Override
    public void start(Conclusion told) {
        conclusion = told;
        if (plan.command().isEmpty()) {
            conclusion.failed("there is no dump.command to run");
            return;
        }
        try {
            start(words());
        } catch (IllegalArgumentException unusable) {
            failed(unusable.getMessage());
        }
    }

    private List<CString> words() {
        List<CString> words = new ArrayList<>();
        for (String word : plan.command()) {
            words.add(CString.of(word.replace(PID, Integer.toString(pid))));
        }
        return words;
    }

    private void start(List<CString> words) {
        // With a slash and without a leading one it is relative to the dist root, as the child has it at its exec.
        CommandPath.Found found = CommandPath.find(libc, words.get(0), plan.environment());
        if (found instanceof CommandPath.Executable program) {
            ProcessSetup setup = new ProcessSetup(program.path(), words, plan.environment())
                    .grouping(ProcessSetup.Grouping.PROCESS_GROUP)
                    .workingDirectory(plan.distRoot())
                    .streams(new Redirect.Discard(), new Redirect.Inherit(), new Redirect.Inherit());
            process = supervisor.add(plan.name() + " dump", setup, POLICY, TreeScope.OWN, this);
            process.start();
        } else {
            failed(found instanceof CommandPath.NotExecutable ? "not executable" : "not found on PATH");
        }
    }

    @Override
    public void onExit(SupervisedProcess ended, int leader, Children.Change change) {
        WaitStatus status = change.status();
        if (status.exited() && status.exitCode() == 0) {
            conclusion.taken(Optional.empty());
        } else {
            failed(status.exited()
                    ? new ExitStatus.Code(status.exitCode()).describe()
                    : new Outcome.Signalled(status.signal(), status.dumpedCore()).describe());
        }
    }

    @Override
    public void onTransition(SupervisedProcess unstarted, Transition transition) {
        if (transition.to() instanceof State.Failed state && state.outcome() instanceof Outcome.SpawnFailed) {
            failed(state.outcome().describe());
        }
    }

    private void failed(String how) {
        conclusion.failed("dump.command " + plan.command().get(0) + ": " + how);
    }

    @Override
    public String abandon() {
        if (process != null) {
            process.stop("nobody waits for the dump any more", OptionalInt.empty());
        }
        return "dump.command " + (plan.command().isEmpty() ? "" : plan.command().get(0))
                + " has not ended and is killed";
    }
}
