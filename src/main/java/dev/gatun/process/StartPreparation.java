package dev.gatun.process;

/**
 * What each start of a process needs anew, a pipe for its output for one. A restart is a start. On the loop's thread.
 */
public interface StartPreparation {

    /** Nothing to prepare. */
    StartPreparation NONE = new StartPreparation() {};

    /**
     * Called before a child is made. What it throws makes the start a failed one; it cleans up itself then, and {@link
     * #launched} is not called.
     *
     * @param setup to be completed for this start
     */
    default void prepare(ProcessSetup setup) {}

    /**
     * Called once for each {@link #prepare} that returned, when the child has its copies of what it was given, or will
     * never have them. Our copies of what is the child's alone are to be closed here: the end of a pipe is seen when
     * nobody can write to it any more.
     *
     * @param isStarted whether there is a child
     */
    default void launched(boolean isStarted) {}
}
