package dev.gatun.service;

import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import java.util.Locale;

/** How transitions stand in the log. */
final class TransitionLog {

    private TransitionLog() {}

    /** @param who is in another state now */
    static void tell(Log log, String who, int pid, Transition transition) {
        State.Kind to = transition.to().kind();
        log.log(level(transition), who + " " + to.name().toLowerCase(Locale.ROOT) + ": " + transition.reason(),
                "pid", pid);
    }

    private static Level level(Transition transition) {
        State.Kind to = transition.to().kind();
        if (to == State.Kind.FAILED || to == State.Kind.BACKING_OFF
                || transition.cause().kind() == Event.Kind.LIMIT_EXCEEDED) {
            return Level.WARN;
        }
        // Within a state it is the rungs of a stop that change.
        return to == transition.from().kind() ? Level.DEBUG : Level.INFO;
    }
}
