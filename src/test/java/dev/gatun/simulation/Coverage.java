package dev.gatun.simulation;

import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import java.util.Map;
import java.util.TreeMap;

/** What the seeds have brought about, so that a simulation in which nothing happens is noticed. */
final class Coverage {

    private final Map<String, Integer> counts = new TreeMap<>();

    void transition(Transition transition) {
        count(transition.from().kind() + " to " + transition.to().kind());
        count("by " + transition.cause().kind());
        if (transition.to() instanceof State.Stopping stopping) {
            count("rung " + stopping.rung());
        }
        if (transition.to() instanceof State.Exited exited) {
            count("outcome " + exited.outcome().kind());
        }
        if (transition.to() instanceof State.Failed failed) {
            count("outcome " + failed.outcome().kind());
        }
    }

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void add(Coverage other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    void faults(Faults faults) {
        faults.counts().forEach((kind, count) -> counts.merge("fault " + kind, count, Integer::sum));
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
