package dev.gatun.run;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.StandardStream;
import dev.gatun.linux.Terminal;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import java.util.Optional;

/** What a run does about a terminal. Without one, and unless a method is overridden, nothing. */
interface TerminalUse {

    /** The one for the child's place. */
    static TerminalUse of(Libc libc, RunOptions.Place place, ProcessTree processes, Narrator narrator) {
        Terminal input = new Terminal(libc, StandardStream.input(libc));
        return switch (place) {
            case SHELL_JOB -> {
                Optional<JobControl> jobControl = JobControl.find(libc, processes);
                yield jobControl.isPresent() ? jobControl.get() : new None();
            }
            case FOREGROUND -> new Foreground(Terminal.controlling(libc).orElse(input));
            case FOREGROUND_OF_INPUT -> new Foreground(input);
            case SESSION -> new HandOver(libc, input, narrator);
            case SHARED_GROUP -> new None();
        };
    }

    /** Prepares the child's place: called before each spawn. */
    default void prepare(ProcessSetup setup) {}

    /** Whether a signal is the terminal's doing and shall not be forwarded. */
    default boolean absorbs(SignalFd.Received signal) {
        return false;
    }

    /** Whether somebody has to look for stopped children. */
    default boolean watchesStops() {
        return false;
    }

    default void childStopped(SupervisedProcess child, int signal) {}

    default void continued(SupervisedProcess child) {}

    default void childEnded(int childPid) {}

    /** No terminal, or no business with it. */
    record None() implements TerminalUse {}

    /** The child gets the foreground, whoever has it, and keeps it. */
    record Foreground(Terminal terminal) implements TerminalUse {

        @Override
        public void prepare(ProcessSetup setup) {
            boolean ours = terminal.foregroundGroup().isPresent();
            setup.foreground(ours ? Optional.of(terminal.fd()) : Optional.empty());
        }
    }
}
