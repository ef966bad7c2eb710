package dev.gatun.lifecycle;

/** What becomes of the descendants that outlive the process that was started. */
public enum Rest {
    /** They are nobody's business: the end of the leader is the end. */
    LEAVE,
    /** The end is when the last of them is gone; they are not told to hurry unless a stop is requested. */
    WAIT,
    /** They get TERM at once and KILL after the stop timeout, and the end is when the last of them is gone. */
    END
}
