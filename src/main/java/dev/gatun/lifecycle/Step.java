package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The answer of the core to one event.
 *
 * <p>The shell carries out the effects in their order, and only then hands the core any event that arose meanwhile
 * (a spawn done on the spot, say): nested calls would publish transitions in the wrong order.
 *
 * @param next the state from now on
 * @param effects what to do about it; empty where the event was of no consequence
 */
public record Step(State next, List<Effect> effects) {
    public Step {
        requireNonNull(next, "next");
        effects = List.copyOf(effects);
    }

    /** The event means nothing in this state: nothing changes, nothing is done. */
    static Step ignored(State state) {
        return new Step(state, List.of());
    }
}
