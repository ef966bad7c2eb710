package dev.gatun.run;

import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
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

    /**
     * How signals go on to the child.
     *
     * @param group to its process group rather than to the leader alone
     * @param rewrites other signals to forward than those that arrive
     * @param termStops TERM is a request to stop, which starts the stop ladder, rather than one signal among others
     * @param suspendsWithTerminalSignals stop ourselves when TSTP, TTIN or TTOU has been forwarded (dumb-init)
     * @param termGroupAtExit send TERM to the child's group when the child has ended (dumb-init)
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
     * @param newSession in a session of its own, rather than a process group of its own
     * @param environment changes to the environment
     * @param limits resource limits
     * @param user {@code NAME|UID[:GROUP|GID]}
     * @param groups supplementary groups, names or numbers; absent for those of the user
     * @param droppedCapabilities taken away for good
     * @param diesWithUs gets KILL when we die
     * @param inheritsIgnoredSignals signals that our caller ignores stay ignored, rather than HUP alone
     */
    public record Child(
            boolean newSession,
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
            boolean inheritsIgnoredSignals) {

        public static final Child DEFAULT = new Child(
                false,
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
                true,
                false);
    }

    /**
     * What concerns ourselves.
     *
     * @param subreaper whether orphaned descendants come to us
     * @param parentDeathSignal what we get when our own parent dies
     * @param pidFile where the child's pid is written
     * @param warnAboutStrangers log each orphan that was waited for at WARN (tini's -w)
     */
    public record Launcher(
            Subreaper subreaper,
            Optional<Signal> parentDeathSignal,
            Optional<CString> pidFile,
            boolean warnAboutStrangers,
            LogFormat logFormat,
            Level logLevel) {

        public static final Launcher DEFAULT =
                new Launcher(Subreaper.AUTOMATIC, Optional.empty(), Optional.empty(), false, LogFormat.TEXT, Level.WARN);
    }
}
