package dev.gatun.lifecycle;

/** Whom a signal is for. */
public enum Target {
    /** The process that was started, alone. */
    LEADER,
    /** Its process group. */
    GROUP,
    /** All its descendants: by {@code cgroup.kill} where there is a cgroup, else by walking them. */
    TREE
}
