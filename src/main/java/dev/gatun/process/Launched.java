package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * A process that has been started.
 *
 * @param pid of the first of its processes; empty where it runs elsewhere
 * @param handle by which its launcher finds it again, even after a restart of ours
 * @param address where it can be reached, where the launcher knows
 * @param startedAt by the wall clock
 * @param exit completes exactly once, and never exceptionally; whatever is attached to it runs on the launcher's thread
 *     and must not wait
 */
public record Launched(
        OptionalInt pid,
        String handle,
        Optional<String> address,
        Instant startedAt,
        Stdio stdio,
        CompletionStage<ProcExit> exit) {

    public Launched {
        requireNonNull(pid, "pid");
        requireNonNull(handle, "handle");
        requireNonNull(address, "address");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(stdio, "stdio");
        requireNonNull(exit, "exit");
    }
}
