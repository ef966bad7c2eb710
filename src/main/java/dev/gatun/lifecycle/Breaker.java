package dev.gatun.lifecycle;

/** The circuit breaker of one process: it stops the restarts of what keeps failing. */
public enum Breaker {
    /** Restarts are made as the policy says. */
    CLOSED,
    /** Too many failures in a row: no start until the cool-down is over or somebody asks for a relaunch. */
    OPEN,
    /** One trial is under way: a healthy run closes the breaker, a failure opens it again. */
    HALF_OPEN
}
