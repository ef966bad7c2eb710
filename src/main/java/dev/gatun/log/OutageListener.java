package dev.gatun.log;

/**
 * Hears when output cannot be written, once an outage. Called by the thread that writes: what it does must be
 * thread-safe.
 */
public interface OutageListener {

    /** For those who do not care. */
    OutageListener NONE = new OutageListener() {};

    /** A write has failed, and is tried again from time to time. */
    default void writingFailed(String problem) {}

    /** A write has succeeded again. */
    default void writingWorksAgain() {}
}
