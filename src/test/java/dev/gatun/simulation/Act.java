package dev.gatun.simulation;

import java.util.List;

/** One thing that a simulated program does. When it has done its last, it waits for ever. */
sealed interface Act {

    /** Nothing for a while. */
    record Pause(long nanos) implements Act {}

    record Exit(int code) implements Act {}

    /** Dies by its own fault. */
    record Die(int signal, boolean core) implements Act {}

    record Fork(Program child) implements Act {}

    record NewSession() implements Act {}

    record NewGroup() implements Act {}

    /** Suspends itself; somebody outside continues it after a while. */
    record Suspend(long nanos) implements Act {}

    /** An uninterruptible wait: no signal gets through, KILL included. */
    record DiskWait(long nanos) implements Act {}

    /** Becomes another user, whom we may not signal unless we are root. */
    record ChangeUser() implements Act {}

    /** What a program does about TERM. */
    sealed interface Reaction {}

    /** Dies of it. */
    record Obey() implements Reaction {}

    record Ignore() implements Reaction {}

    /** Does these last things. */
    record Finish(List<Act> acts) implements Reaction {}
}
