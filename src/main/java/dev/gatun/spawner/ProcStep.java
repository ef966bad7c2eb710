package dev.gatun.spawner;

import java.util.List;

/** What an event leads to: the next state, and what is to be done, in this order. */
record ProcStep(ProcState next, List<ProcEffect> effects) {

    ProcStep {
        effects = List.copyOf(effects);
    }

    static ProcStep to(ProcState next, ProcEffect... effects) {
        return new ProcStep(next, List.of(effects));
    }
}
