package dev.gatun.linux.cgroup;

/** What became of the question for a limit. */
public enum LimitOutcome {
    /** A group sets one. */
    LIMITED,
    /** The groups can be read, and none sets one. */
    UNLIMITED,
    /** There are no groups that could set one. */
    NO_CONTROLLER,
    /** There may be one: a file cannot be read, or does not say what such a file says. */
    UNREADABLE
}
