package dev.gatun.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs many seeds. {@code -Dgatun.simulation.seeds} says how many, {@code -Dgatun.simulation.first} from which on, and
 * {@code -Dgatun.simulation.seed} names a single one, whose trace is then written in any case.
 */
class SimulationTest {

    private static final int ENOUGH_FOR_COVERAGE = 2_000;
    private static final int SEEDS = Integer.getInteger("gatun.simulation.seeds", ENOUGH_FOR_COVERAGE);
    private static final long FIRST = Long.getLong("gatun.simulation.first", 0);
    private static final int SHOWN_LINES = 60;

    /** What seeds have to bring about besides all faults; else the simulation shows nothing. */
    private static final List<String> EXPECTED = List.of(
            "IDLE to STARTING", "STARTING to RUNNING", "STARTING to BACKING_OFF", "STARTING to FAILED",
            "RUNNING to RUNNING", "RUNNING to READY", "RUNNING to STOPPING", "RUNNING to BACKING_OFF",
            "RUNNING to EXITED", "RUNNING to FAILED", "READY to STOPPING", "READY to BACKING_OFF", "READY to EXITED",
            "STOPPING to STOPPING", "STOPPING to STARTING", "STOPPING to BACKING_OFF", "STOPPING to EXITED",
            "STOPPING to FAILED", "BACKING_OFF to STARTING", "BACKING_OFF to EXITED", "BACKING_OFF to FAILED",
            "EXITED to STARTING", "FAILED to STARTING", "by START", "by SPAWNED", "by SPAWN_FAILED",
            "by BECAME_READY", "by EXIT_OBSERVED", "by TREE_GONE", "by STOP_REQUESTED", "by TIMER_FIRED",
            "by RELAUNCH", "rung DRAIN", "rung FORWARDED", "rung LEADER", "rung GROUP", "rung REST_WAIT",
            "rung REST", "rung KILL", "outcome EXITED_NORMALLY", "outcome SIGNALLED", "outcome SPAWN_FAILED",
            "outcome START_TIMEOUT", "outcome STOPPED", "stranger waited for", "stop of a leader told",
            "failing listener");

    @Test
    void keepsItsPromisesInEveryWorld() throws IOException {
        Long single = Long.getLong("gatun.simulation.seed");
        if (single != null) {
            run(single);
            System.out.println("seed " + single + " passes; trace in " + write(single));
            return;
        }
        Coverage coverage = new Coverage();
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            coverage.add(run(seed));
        }
        if (SEEDS >= ENOUGH_FOR_COVERAGE) {
            List<String> expected = new ArrayList<>(EXPECTED);
            for (Faults.Kind kind : Faults.Kind.values()) {
                expected.add("fault " + kind);
            }
            assertThat(coverage.counts()).containsKeys(expected.toArray(String[]::new));
        }
    }

    private static Coverage run(long seed) throws IOException {
        try {
            return Simulation.run(seed);
        } catch (RuntimeException | Error failure) {
            Path trace = write(seed);
            throw new AssertionError(
                    "seed " + seed + " fails (again: -Dgatun.simulation.seed=" + seed + "); all of its trace is in "
                            + trace
                            + ", which ends:\n" + lastLines(trace) + "\n",
                    failure);
        }
    }

    private static Path write(long seed) throws IOException {
        Path trace = Path.of("target", "simulation-" + seed + ".txt");
        Files.createDirectories(trace.getParent());
        return Files.writeString(trace, Simulation.explain(seed) + "\n");
    }

    private static String lastLines(Path trace) throws IOException {
        List<String> lines = Files.readAllLines(trace);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
}
