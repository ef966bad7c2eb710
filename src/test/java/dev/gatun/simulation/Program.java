package dev.gatun.simulation;

import java.util.List;

/**
 * What a simulated process runs.
 *
 * @param acts what it does, in order
 * @param onTerm what TERM makes of it
 * @param waitsForChildren whether it waits for its children; if not they stay zombies for as long as it lives
 */
record Program(List<Act> acts, Act.Reaction onTerm, boolean waitsForChildren) {

    Program {
        acts = List.copyOf(acts);
    }
}
