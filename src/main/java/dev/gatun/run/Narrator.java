package dev.gatun.run;

import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.SignalFd;
import dev.gatun.process.ProcessSetup;

/**
 * Tells what happens in a run, in the words of the program whose name we go by, and with that program's exit codes where
 * nothing was run. Called on the run's thread; a method must not wait, and does nothing unless it is overridden.
 */
public interface Narrator {

    /**
     * The command is not there, or cannot be executed.
     *
     * @param errno what the execution failed with
     * @param sentence the whole matter
     * @param exitCode 126 or 127
     * @return the exit code to end with
     */
    int cannotExecute(CString command, int errno, String sentence, int exitCode);

    /**
     * Something else is in the way, and nothing runs.
     *
     * @return the exit code to end with
     */
    int failed(String sentence);

    /** Something went wrong, and the run goes on. */
    void problem(String what, String problem);

    /**
     * We are set up, and nothing runs yet.
     *
     * @param becameSubreaper whether we have made ourselves a child subreaper
     * @param orphansComeToUs as to a subreaper or to PID 1
     */
    default void launching(boolean becameSubreaper, boolean orphansComeToUs) {}

    /**
     * We have given up the controlling terminal, or tried to.
     *
     * @param errno 0 when it is given up
     * @param ledSession whether the kernel will now send us HUP and CONT for it
     */
    default void terminalReleased(int errno, boolean ledSession) {}

    default void started(int pid, CString command, ProcessSetup setup) {}

    default void arrived(SignalFd.Received signal) {}

    /** The terminal sent it for a reason that is no concern of the child's, or has sent it to the child as well. */
    default void absorbed(SignalFd.Received signal) {}

    default void dropped(SignalFd.Received signal) {}

    /** A signal went on, unless there was nobody. */
    default void forwarded(Forwarding forwarding) {}

    /** We stop, until somebody continues us. */
    default void suspending() {}

    default void stopped(int pid, int signal) {}

    default void ended(int pid, Children.Change change) {}

    default void orphanEnded(int pid, Children.Change change) {}

    default void changed(Transition transition) {}

    default void leaving(int exitCode) {}

    /**
     * A signal on its way.
     *
     * @param received what arrived
     * @param sent what it became
     * @param pid the child's
     * @param toGroup to its group, rather than to it alone
     * @param delivered whether anybody was there
     */
    record Forwarding(SignalFd.Received received, int sent, int pid, boolean toGroup, boolean delivered) {

        String target() {
            return toGroup ? "group" : "leader";
        }
    }
}
