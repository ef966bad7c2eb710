package dev.gatun.run;

import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.log.Level;
import dev.gatun.log.LogFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a run is told, whichever command line it came from.
 *
 * @param program the name we go by in messages
 * @param command the command and its arguments; at least one
 * @param policy what the pure core decides by: stop ladder, restarts, exit codes, what becomes of the rest
 * @param signals how signals go on to the child
 * @param child what the child is like
 * @param launcher what concerns ourselves
 */
public record RunOptions(
        String program, List<CString> command, Policy policy, Signals signals, Child child, Launcher launcher) {

    /** Whether we become a child subreaper, so that orphaned descendants come to us. */
    public enum Subreaper {
        /** Unless we are PID 1, to whom they come anyhow. */
        AUTOMATIC,
        YES,
        NO
    }

    /** Where the child stands: its session and process group, and who has the terminal. */
    public enum Place {
        /** A job of the shell that we are a job of ourselves, in a group of its own wherever it can be. */
        SHELL_JOB,
        /** A group of its own, in the foreground of our controlling terminal or of that on standard input (catatonit). */
        FOREGROUND,
        /** A group of its own, in the foreground of the terminal on standard input (tini). */
        FOREGROUND_OF_INPUT,
        /** A session of its own, with the terminal on standard input for its controlling one (dumb-init). */
        SESSION,
        /** Our group, like any child that nothing is done about (dumb-init -c). */
        SHARED_GROUP
    }

    /**
     * How signals go on to the child.
     *
     * @param group to its process group rather than to the leader alone
     * @param rewrites other signals to forward than those that arrive
     * @param termStops TERM is a request to stop, which starts the stop ladder, rather than one signal among others
     * @param suspendsWithTerminalSignals stop ourselves when TSTP, TTIN or TTOU has arrived (dumb-init)
     * @param termGroupAtExit send TERM, or what it is rewritten to, to the child's group when the child has ended
     *     (dumb-init)
     */
    public record Signals(
            boolean group,
            SignalRewrites rewrites,
            boolean termStops,
            boolean suspendsWithTerminalSignals,
            boolean termGroupAtExit) {

        public static final Signals DEFAULT = new Signals(false, SignalRewrites.NONE, true, false, false);
    }

    /**
     * What the child is like.
     *
     * @param place its session, its group, and what it has to do with the terminal
     * @param environment changes to the environment
     * @param limits resource limits
     * @param user {@code NAME|UID[:GROUP|GID]}
     * @param groups supplementary groups, names or numbers; absent for those of the user
     * @param droppedCapabilities taken away for good
     * @param diesWithUs gets KILL when we die
     * @param staysIgnored signals that stay ignored if our caller ignores them
     * @param blocked its signal mask
     */
    public record Child(
            Place place,
            EnvironmentChanges environment,
            List<Rlimit> limits,
            Optional<String> user,
            Optional<List<String>> groups,
            boolean noNewPrivileges,
            List<Capability> droppedCapabilities,
            OptionalInt umask,
            Optional<CString> workingDirectory,
            OptionalInt oomScoreAdjustment,
            OptionalInt nice,
            boolean diesWithUs,
            SignalSet staysIgnored,
            SignalSet blocked) {

        /** That is what nohup(1) is for. Of others nobody knows that he ignores them, and a child would not expect it. */
        public static final SignalSet HUP_STAYS_IGNORED = SignalSet.of(Signal.HUP);

        /** As our caller would have started it; it lives on when we die. */
        public static Child plain(Place place, SignalSet staysIgnored, SignalSet blocked) {
            return new Child(
                    place,
                    EnvironmentChanges.NONE,
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    List.of(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    false,
                    staysIgnored,
                    blocked);
        }
    }

    /**
     * What concerns ourselves.
     *
     * @param subreaper whether orphaned descendants come to us
     * @param parentDeathSignal what we get when our own parent dies
     * @param pidFile where the child's pid is written
     * @param closesInherited close the descriptors that were passed on to us once the child has them (catatonit)
     * @param leavesFolder go to the root folder once the child runs (dumb-init)
     */
    public record Launcher(
            Subreaper subreaper,
            Optional<Signal> parentDeathSignal,
            Optional<CString> pidFile,
            boolean closesInherited,
            boolean leavesFolder,
            LogFormat logFormat,
            Level logLevel) {

        /** Whose words are its {@link Narrator}'s, not the log's. */
        public static Launcher plain(
                Subreaper subreaper, Optional<Signal> parentDeathSignal, boolean closesInherited,
                boolean leavesFolder) {
            return new Launcher(
                    subreaper,
                    parentDeathSignal,
                    Optional.empty(),
                    closesInherited,
                    leavesFolder,
                    LogFormat.TEXT,
                    Level.WARN);
        }
    }
}
