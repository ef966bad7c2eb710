package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

/** One launch of a name. */
record ProcKey(String proc, long generation) {
    ProcKey {
        requireNonNull(proc, "proc");
    }
}
