package dev.gatun.lifecycle;

/** How far a stop has come. A rung is named after what was done last. */
public enum Rung {
    /** The stop came while the spawn was under way; there is no process yet that could be told. */
    AWAIT_SPAWN,
    /** Not ready any more, but not told yet: work in flight may end. */
    DRAIN,
    /** The signal was passed on, and that is all a ladder without deadlines does. */
    FORWARDED,
    /** The leader has the stop signal. */
    LEADER,
    /** The group has TERM. */
    GROUP,
    /** The leader is gone and its descendants may take their time. */
    REST_WAIT,
    /** The leader is gone and its descendants have been told to end. */
    REST,
    /** The whole tree has KILL. */
    KILL
}
