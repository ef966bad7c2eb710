package dev.gatun.process;

/** Something that one kind of launcher can do and another cannot. */
public enum LauncherFeature {
    /** Tells the pid of what it has launched. */
    PID("tell pids"),
    /** Hands the output of a process to whoever launched it. */
    CAPTURED_OUTPUT("hand over the output of a process"),
    /** Keeps to {@link ResourceLimits}. */
    LIMITS("limit memory, processors or the number of processes"),
    /** Sets the limits of setrlimit(2). */
    RLIMITS("set limits of setrlimit"),
    /** Keeps to a {@link ProcBind}. */
    BINDING("bind to processors or NUMA nodes"),
    USER("change the user"),
    WORKING_DIRECTORY("change the working directory"),
    /** Puts a process into a control group of the caller's. */
    CGROUP("enter a control group"),
    /** Tells an end by a signal from an exit code, and whether core was dumped. */
    EXIT_SIGNAL("tell signals from exit codes"),
    /** A kill reaches all descendants. */
    TREE_KILL("kill whole trees"),
    /** Finds a process again that an earlier launcher has started. */
    RECOVER("find processes of an earlier launcher");

    private final String ability;

    LauncherFeature(String ability) {
        this.ability = ability;
    }

    /** As the end of a sentence that begins with "can" or "cannot". */
    public String ability() {
        return ability;
    }
}
