package dev.gatun.spawner;

/** A deadline of one launch. */
enum ProcTimer {
    /** Until it is started. */
    START,
    /** From a terminate until the kill. */
    STOP,
    /** From a kill until the next. */
    KILL,
    /** From the end of a connection until its processes have failed. */
    RECONNECT
}
