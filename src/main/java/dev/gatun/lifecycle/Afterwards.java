package dev.gatun.lifecycle;

/** What follows once a stop is complete. The last request wins. */
public enum Afterwards {
    /** The restart policy decides. */
    POLICY,
    /** Nothing: somebody asked for the end. */
    NEVER,
    /** The next start, at once: somebody asked for a relaunch. */
    NOW
}
