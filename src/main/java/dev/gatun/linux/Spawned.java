package dev.gatun.linux;

/**
 * A process that runs its program.
 *
 * @param pid its number, ours until we wait for it
 * @param pidfd its identity; whoever takes this record closes it
 * @param startTicks when the kernel created it, in clock ticks since boot ({@code /proc/PID/stat}, field 22); with the
 *     pid an identity that can be written down; 0 when it could not be read
 */
public record Spawned(int pid, PidFd pidfd, long startTicks) implements SpawnResult {}
