package dev.gatun.lifecycle;

/** The timers of one process. There is at most one of each kind; arming it again replaces it. */
public enum TimerKind {
    /** From the start until the process has to be ready. */
    START_TIMEOUT,
    /** Until a run that follows failures counts as healthy. */
    HEALTHY,
    /** Between a stop request and the stop signal. */
    DRAIN,
    /** From the stop signal until the group is told as well. */
    STOP_GROUP,
    /** From the stop signal until the whole tree is killed. */
    STOP_KILL,
    /** From a KILL until it is repeated. */
    KILL_CONFIRM,
    /** Until the next start: back-off, or the cool-down of the breaker. */
    RESTART
}
