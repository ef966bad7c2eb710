package dev.gatun.process;

/** Which processes count as the tree of a supervised one. */
public enum TreeScope {
    /**
     * All our descendants. For the single process of a PID 1 or subreaper: whatever escapes from its group and its
     * parents comes to us, and can be of nobody else.
     */
    ALL_DESCENDANTS,
    /**
     * The leader's descendants, and whatever is in the process group or session that it leads. For one process among
     * many. A daemon that leaves both cannot be told from a stranger; a cgroup would hold it.
     */
    OWN
}
