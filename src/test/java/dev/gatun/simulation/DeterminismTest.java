package dev.gatun.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeterminismTest {

    /** Or no seed could be run again. */
    @Test
    void aSeedIsAWorld() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(Simulation.explain(seed)).as("seed %d", seed).isEqualTo(Simulation.explain(seed));
        }
    }

    @Test
    void anotherSeedIsAnotherWorld() {
        assertThat(Simulation.explain(1)).isNotEqualTo(Simulation.explain(2));
    }
}
