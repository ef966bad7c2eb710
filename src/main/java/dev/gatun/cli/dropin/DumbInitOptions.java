package dev.gatun.cli.dropin;

import dev.gatun.linux.CString;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.run.RunOptions;
import dev.gatun.run.SignalRewrites;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What dumb-init's options and variables come to. */
final class DumbInitOptions {

    private static final int LAST_STANDARD_SIGNAL = 31;
    private static final int UNCHANGED = -1;

    /** The child starts with the default for each standard signal, whatever our caller ignores. */
    private static final SignalSet REAL_TIME = new SignalSet(-1L << LAST_STANDARD_SIGNAL);

    private final int[] rewrites = new int[LAST_STANDARD_SIGNAL + 1];
    private List<CString> command = List.of();
    private boolean ownSession = true;
    private boolean debug;

    DumbInitOptions() {
        Arrays.fill(rewrites, UNCHANGED);
    }

    /** Takes an option without a value. */
    void set(int option) {
        switch (option) {
            case 'c' -> ownSession = false;
            case 'v' -> debug = true;
            default -> throw new IllegalArgumentException("option " + (char) option);
        }
    }

    /**
     * Takes a rewrite, {@code S:R}; what stands behind the second number does not matter.
     *
     * @return whether it is one
     */
    boolean rewrite(String text) {
        LeadingNumber from = LeadingNumber.of(text, 0);
        int colon = from.end();
        if (colon == 0 || colon >= text.length() || text.charAt(colon) != ':') {
            return false;
        }
        LeadingNumber to = LeadingNumber.of(text, colon + 1);
        boolean possible = to.end() > colon + 1
                && from.value() >= 1
                && from.value() <= LAST_STANDARD_SIGNAL
                && to.value() >= 0
                && to.value() <= LAST_STANDARD_SIGNAL;
        if (possible) {
            rewrites[from.value()] = to.value();
        }
        return possible;
    }

    DumbInitOptions command(List<CString> words) {
        command = words;
        return this;
    }

    /** Takes the variables, which come after the options. */
    DumbInitOptions environment(List<CString> environment) {
        debug |= asksForDebug(environment);
        ownSession &= !forbidsSession(environment);
        return this;
    }

    private static boolean asksForDebug(List<CString> environment) {
        return DropIn.variable(environment, "DUMB_INIT_DEBUG").orElse("").equals("1");
    }

    private static boolean forbidsSession(List<CString> environment) {
        return DropIn.variable(environment, "DUMB_INIT_SETSID").orElse("").equals("0");
    }

    void tellOfEnvironment(DumbInitNarrator narrator, List<CString> environment) {
        if (asksForDebug(environment)) {
            narrator.debug("Running in debug mode.");
        }
        if (forbidsSession(environment)) {
            narrator.debug("Not running in setsid mode.");
        }
    }

    boolean debug() {
        return debug;
    }

    /**
     * A session without a shell has nobody to continue what TSTP has stopped, and an orphaned group does not even heed it
     * (setpgid(2)). So STOP goes there in its place.
     */
    SignalRewrites rewrites() {
        SignalRewrites all = SignalRewrites.NONE;
        for (int signal = 1; signal <= LAST_STANDARD_SIGNAL; signal++) {
            boolean stops = signal == Signal.TSTP.number()
                    || signal == Signal.TTIN.number()
                    || signal == Signal.TTOU.number();
            if (rewrites[signal] != UNCHANGED) {
                all = all.with(new Signal(signal), rewrites[signal]);
            } else if (ownSession && stops) {
                all = all.with(new Signal(signal), Signal.STOP.number());
            }
        }
        return all;
    }

    RunOptions forRun() {
        return new RunOptions(
                "dumb-init",
                command,
                DropIn.FORWARDER,
                new RunOptions.Signals(ownSession, rewrites(), false, true, ownSession),
                RunOptions.Child.plain(
                        ownSession ? RunOptions.Place.SESSION : RunOptions.Place.SHARED_GROUP,
                        REAL_TIME,
                        SignalSet.NONE),
                RunOptions.Launcher.plain(RunOptions.Subreaper.NO, Optional.empty(), false, true));
    }
}
