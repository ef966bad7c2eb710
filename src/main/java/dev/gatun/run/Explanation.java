package dev.gatun.run;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.process.ProcessSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, in words: the steps of its tape, then the loop's plan. */
final class Explanation {

    private final Libc libc;
    private final RunOptions options;
    private final List<String> lines = new ArrayList<>();

    Explanation(Libc libc, RunOptions options) {
        this.libc = libc;
        this.options = options;
    }

    List<String> lines() {
        ProcessSetup setup = new RunPlan(libc, options).setup(false);
        lines.add("In the child, between clone(CLONE_VM|CLONE_VFORK|CLONE_PIDFD) and the program:");
        addSteps(setup.tape(libc).describe());
        lines.add("");
        lines.add("Then, on the loop:");
        addPlan();
        return lines;
    }

    private void addSteps(List<String> steps) {
        int number = 0;
        for (String step : steps) {
            row(Integer.toString(++number), step);
        }
    }

    private void addPlan() {
        Policy policy = options.policy();
        row("signals", "every forwardable one, to the child's " + (options.signals().group() ? "group" : "leader")
                + rewrites());
        row("stop", stop(policy.stop()));
        row("restart", restart(policy));
        row("at the end", rest(policy.rest()));
        row("orphans", orphans());
        row("our death", options.child().diesWithUs() ? "the child gets SIGKILL" : "the child lives on");
    }

    private String rewrites() {
        StringBuilder text = new StringBuilder();
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            if (options.signals().rewrites().isRewritten(signal)) {
                int forwarded = options.signals().rewrites().apply(signal);
                text.append(", ")
                        .append(Signal.name(signal))
                        .append(forwarded == 0 ? " dropped" : " as " + Signal.name(forwarded));
            }
        }
        return text.toString();
    }

    private static String stop(StopLadder ladder) {
        if (!ladder.escalates()) {
            return "signals are forwarded, nothing is ever killed";
        }
        String drain = ladder.drain().isZero() ? "" : "after a drain of " + text(ladder.drain()) + " ";
        return "on SIGTERM " + drain + Signal.name(ladder.signal()) + " to the child; after "
                + text(ladder.timeout().dividedBy(2)) + " SIGTERM to its group; after " + text(ladder.timeout())
                + " SIGKILL to the whole tree";
    }

    private static String restart(Policy policy) {
        if (policy.restart().when() == RestartPolicy.When.NO) {
            return "never";
        }
        String when = policy.restart().when() == RestartPolicy.When.ALWAYS ? "whenever it ends" : "when it fails";
        String limit = policy.restart().maxRestarts().isPresent()
                ? ", " + policy.restart().maxRestarts().getAsInt() + " times in a row at the most"
                : "";
        return when + ", " + text(policy.backoff().min()) + " to " + text(policy.backoff().max()) + " later" + limit;
    }

    private static String rest(Rest rest) {
        return switch (rest) {
            case LEAVE -> "the end of the child is ours";
            case WAIT -> "waits for all descendants";
            case END -> "SIGTERM to what is left, SIGKILL after the stop timeout, and waits for all of it";
        };
    }

    private String orphans() {
        boolean initial = libc.getpid() == 1;
        return switch (options.launcher().subreaper()) {
            case YES -> "come to us: we are a child subreaper";
            case NO -> initial ? "come to us: we are PID 1" : "go to whoever is above us";
            case AUTOMATIC -> initial ? "come to us: we are PID 1" : "come to us: we are a child subreaper";
        };
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private void row(String label, String text) {
        lines.add("  " + label + " ".repeat(Math.max(1, 12 - label.length())) + text);
    }
}
