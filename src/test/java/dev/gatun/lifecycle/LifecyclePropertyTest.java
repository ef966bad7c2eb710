package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LifecyclePropertyTest {
    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.of(Samples.policies());
    }

    @Provide
    Arbitrary<List<Event>> anyEvents() {
        return Arbitraries.of(Samples.events()).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, World.CHOICES - 1).list().ofMaxSize(120);
    }

    /** Even a shell that breaks every rule gets an answer. */
    @Property(tries = 3000)
    void neverThrows(@ForAll("policies") Policy policy, @ForAll("anyEvents") List<Event> events, @ForAll long start) {
        Lifecycle lifecycle = new Lifecycle(policy);
        State state = new State.Idle();
        long nanos = start;
        for (Event event : events) {
            nanos += 3_000_000_000L;
            Step step = lifecycle.on(state, event, new Moment(nanos, 0.75));
            assertThat(lifecycle.on(state, event, new Moment(nanos, 0.75))).as("deterministic").isEqualTo(step);
            if (state.kind().isTerminal() && !step.next().equals(state)) {
                assertThat(event.kind()).isIn(Event.Kind.START, Event.Kind.RELAUNCH);
            }
            state = step.next();
        }
    }

    @Property(tries = 5000)
    void keepsItsSideOfTheContract(
            @ForAll("policies") Policy policy, @ForAll("choices") List<Integer> choices, @ForAll long seed) {
        World world = new World(policy, seed);
        world.act(0);
        for (int choice : choices) {
            world.act(choice);
        }
        world.stopAndCheckThatItEnds();
        world.checkAccounts();
    }
}
