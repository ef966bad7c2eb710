package dev.gatun.service;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.loop.EventLoop;
import java.util.Locale;
import java.util.Optional;

/** What is counted and remembered of a service while it runs, fed by its transitions alone. For the loop's thread. */
final class ServiceFigures {

    private final EventLoop loop;
    private State state = new State.Idle();
    private long startedAtNanos;
    private long starts;
    private Optional<Outcome> lastOutcome = Optional.empty();

    ServiceFigures(EventLoop loop) {
        this.loop = loop;
    }

    void changed(Transition transition) {
        state = transition.to();
        switch (state.kind()) {
            case RUNNING -> {
                if (transition.from().kind() == State.Kind.STARTING) {
                    starts++;
                    startedAtNanos = loop.nanos();
                }
            }
            case BACKING_OFF -> lastOutcome = Optional.of(((State.BackingOff) state).last());
            case EXITED -> lastOutcome = Optional.of(((State.Exited) state).outcome());
            case FAILED -> lastOutcome = Optional.of(((State.Failed) state).outcome());
            case IDLE, STARTING, READY, STOPPING -> {}
        }
    }

    /** Whether its process is there, be it on its way out. */
    boolean isAlive() {
        return switch (state.kind()) {
            case RUNNING, READY, STOPPING -> true;
            case IDLE, STARTING, BACKING_OFF, EXITED, FAILED -> false;
        };
    }

    State.Kind state() {
        return state.kind();
    }

    /** Of the present run; zero where there is none. */
    long uptimeNanos() {
        return isAlive() ? loop.nanos() - startedAtNanos : 0;
    }

    /** Starts after the first. */
    long restarts() {
        return Math.max(0, starts - 1);
    }

    /** How the last run ended, as a label. */
    Optional<String> lastOutcome() {
        return lastOutcome.isPresent()
                ? Optional.of(lastOutcome.get().kind().name().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
