package dev.gatun.process;

import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;

/** Hears what becomes of supervised processes, on the loop's thread. All methods do nothing by default. */
public interface ProcessListener {

    /** A process went from one state to another. */
    default void onTransition(SupervisedProcess process, Transition transition) {}

    /** A leader has ended and has been waited for; its transition follows. */
    default void onExit(SupervisedProcess process, int pid, Children.Change change) {}

    /** The leader was stopped by a signal (job control), and may be continued. */
    default void onStopped(SupervisedProcess process, int signal) {}

    /** An orphan that was handed to us has ended and has been waited for. */
    default void onStranger(int pid, Children.Change change) {}
}
