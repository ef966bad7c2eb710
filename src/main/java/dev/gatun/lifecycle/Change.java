package dev.gatun.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A step in the making: collects effects and ends in the next state. Lives for one call of the core. */
final class Change {
    private final State from;
    private final Event cause;
    private final Moment now;
    private final List<Effect> effects = new ArrayList<>(4);

    Change(State from, Event cause, Moment now) {
        this.from = from;
        this.cause = cause;
        this.now = now;
    }

    Event cause() {
        return cause;
    }

    long nanos() {
        return now.nanos();
    }

    double random() {
        return now.random();
    }

    Change add(Effect effect) {
        effects.add(effect);
        return this;
    }

    Change signal(Target target, int signal) {
        return add(new Effect.Signal(target, signal));
    }

    Change arm(TimerKind timer, Duration delay) {
        return add(new Effect.ArmTimer(timer, delay));
    }

    Change cancel(TimerKind timer) {
        return add(new Effect.CancelTimer(timer));
    }

    /** Into another state, which everybody is told. */
    Step to(State next, String reason) {
        int attempt = Math.max(from.attempt(), next.attempt());
        effects.add(new Effect.Publish(new Transition(from, next, cause, reason, now.nanos(), attempt)));
        return new Step(next, effects);
    }

    /** The state stays the same, which nobody needs to be told. */
    Step stay() {
        return new Step(from, effects);
    }
}
