package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * A process that a launcher knows and that is not over.
 *
 * @param handle see {@link Launched#handle}
 * @param pid of the first of its processes; empty where it runs elsewhere
 */
public record KnownProc(ProcId id, String handle, OptionalInt pid) {

    public KnownProc {
        requireNonNull(id, "id");
        requireNonNull(handle, "handle");
        requireNonNull(pid, "pid");
    }
}
