package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.ProcessTransitionEvent;
import dev.gatun.lifecycle.Effect;
import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.Lifecycle;
import dev.gatun.lifecycle.Moment;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Step;
import dev.gatun.lifecycle.TimerKind;
import dev.gatun.lifecycle.Transition;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.util.ArrayDeque;
import java.util.function.DoubleSupplier;

/**
 * One run of the pure core on a loop: it keeps the state and the timers, takes events one after the other, and has all
 * effects of a step carried out before the next. For the loop's thread.
 */
final class LifecycleRun {

    /** Carries out what is not a timer. An event that comes up meanwhile goes to {@link #handle}, and is kept until then. */
    interface Shell {
        void carryOut(Effect effect);
    }

    private final EventLoop loop;
    private final Lifecycle lifecycle;
    private final DoubleSupplier jitter;
    private final Shell shell;
    private final Timer[] timers = new Timer[TimerKind.values().length];
    private final ArrayDeque<Event> pending = new ArrayDeque<>();
    private State state = new State.Idle();
    private boolean handling;

    /**
     * A process that was never started.
     *
     * @param jitter uniform numbers in [0, 1) that spread back-offs
     */
    LifecycleRun(EventLoop loop, Lifecycle lifecycle, DoubleSupplier jitter, Shell shell) {
        this.loop = requireNonNull(loop);
        this.lifecycle = requireNonNull(lifecycle);
        this.jitter = requireNonNull(jitter);
        this.shell = requireNonNull(shell);
    }

    State state() {
        return state;
    }

    void handle(Event event) {
        pending.add(event);
        if (handling) {
            return;
        }
        handling = true;
        try {
            while (!pending.isEmpty()) {
                apply(pending.removeFirst());
            }
        } finally {
            handling = false;
        }
    }

    private void apply(Event event) {
        Step step = lifecycle.on(state, event, new Moment(loop.nanos(), jitter.getAsDouble()));
        state = step.next();
        for (Effect effect : step.effects()) {
            switch (effect.kind()) {
                case ARM_TIMER -> arm((Effect.ArmTimer) effect);
                case CANCEL_TIMER -> cancel(((Effect.CancelTimer) effect).timer());
                case SPAWN, SIGNAL, START_PROBING, STOP_PROBING, AWAIT_TREE, PUBLISH -> shell.carryOut(effect);
            }
        }
    }

    private void arm(Effect.ArmTimer effect) {
        TimerKind kind = effect.timer();
        cancel(kind);
        timers[kind.ordinal()] = loop.schedule(effect.delay(), () -> handle(new Event.TimerFired(kind)));
    }

    private void cancel(TimerKind kind) {
        Timer timer = timers[kind.ordinal()];
        if (timer != null) {
            timer.cancel();
            timers[kind.ordinal()] = null;
        }
    }

    /** Tells the flight recorder of a transition, where one is on. */
    static void record(String process, int pid, Transition transition) {
        if (FlightRecording.isOn()) {
            ProcessTransitionEvent record = new ProcessTransitionEvent();
            record.process = process;
            record.pid = pid;
            record.from = transition.from().kind().name();
            record.to = transition.to().kind().name();
            record.cause = transition.cause().kind().name();
            record.reason = transition.reason();
            record.attempt = transition.attempt();
            record.commit();
        }
    }
}
