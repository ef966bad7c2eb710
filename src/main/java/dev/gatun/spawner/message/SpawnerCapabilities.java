package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

/** What a spawner can do. */
public record SpawnerCapabilities(
        @Description("It finds processes again") boolean recover,
        @Description("It tells exits by signals from exit codes") boolean signal,
        @Description("captured: output comes as log events; managed: the spawner keeps it") Output stdio,
        @Description("It tells pids of this machine") boolean pid,
        @Description("It keeps to limits and rlimits") boolean limits,
        @Description("It tells whether core was dumped") boolean coreDumped,
        @Description("A stop reaches all descendants") boolean treeKill) {

    /** What becomes of the output of processes. */
    public enum Output {
        CAPTURED, MANAGED
    }

    public SpawnerCapabilities {
        requireNonNull(stdio, "stdio");
    }
}
