package dev.gatun.engine.container;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A container as the engine describes it.
 *
 * @param status the engine's word for it
 * @param pid of its first process, in the engine's view; 0 where it does not run
 * @param exitCode as far as it has ended
 * @param isOutOfMemory whether the kernel has killed something in it for the want of memory
 * @param address in its network, where it has one of its own
 */
record ContainerState(
        String id,
        Map<String, String> labels,
        String status,
        int pid,
        int exitCode,
        boolean isOutOfMemory,
        Instant startedAt,
        Optional<String> address) {

    /** Not over, and begun. */
    boolean isRunning() {
        return isRunning(status);
    }

    static boolean isRunning(String status) {
        return switch (status) {
            case "running", "paused", "restarting", "stopping" -> true;
            default -> false;
        };
    }

    /** Has an end: of a state that is none of these there is no telling. */
    boolean hasEnded() {
        return status.equals("exited") || status.equals("stopped");
    }

    /** Made and never started ({@code initialized} is Podman's). */
    static boolean isUnstarted(String status) {
        return status.equals("created") || status.equals("initialized") || status.equals("configured");
    }

    boolean isUnstarted() {
        return isUnstarted(status);
    }

    /** Whether somebody is removing it: what it ended with says nothing then, for a removal kills. */
    boolean isBeingRemoved() {
        return status.equals("removing") || status.equals("dead");
    }
}
