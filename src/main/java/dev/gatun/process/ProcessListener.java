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

    /** A start under a policy with probes: whoever probes may begin, and tell {@link SupervisedProcess#becameReady}. */
    default void startProbing(SupervisedProcess process) {}

    /** That run is over, or about to be: what its probes answer from now on is of no interest. */
    default void stopProbing(SupervisedProcess process) {}

    /** An orphan that was handed to us has ended and has been waited for. */
    default void onStranger(int pid, Children.Change change) {}
}
