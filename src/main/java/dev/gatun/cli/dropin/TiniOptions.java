package dev.gatun.cli.dropin;

import dev.gatun.lifecycle.ExitMapping;
import dev.gatun.linux.CString;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.run.RunOptions;
import dev.gatun.run.SignalRewrites;
import java.util.List;
import java.util.Optional;

/** What tini's options and variables come to. */
final class TiniOptions {

    private static final int MAX_EXIT_CODE = 255;

    /** Names that -p does not know. */
    private static final SignalSet WITHOUT_NAME =
            SignalSet.NONE.plus(/* STKFLT */ 16).plus(/* IO */ 29).plus(/* PWR */ 30);

    private static final int LAST_STANDARD_SIGNAL = 31;

    private static final SignalSet ALL = new SignalSet(-1);

    /** Signals of a terminal with {@code tostop}, which are about our writing to it and not about the child. */
    private static final SignalRewrites NOT_FROM_TERMINAL =
            SignalRewrites.NONE.with(Signal.TTIN, 0).with(Signal.TTOU, 0);

    private List<CString> command = List.of();
    private boolean subreaper;
    private boolean group;
    private boolean tellsOfOrphans;
    private int verbosity = 1;
    private Optional<Signal> parentDeathSignal = Optional.empty();
    private ExitMapping exitMapping = ExitMapping.IDENTITY;

    /** Takes an option without a value. */
    void set(int option) {
        switch (option) {
            case 's' -> subreaper = true;
            case 'g' -> group = true;
            case 'w' -> tellsOfOrphans = true;
            case 'v' -> verbosity++;
            default -> throw new IllegalArgumentException("option " + (char) option);
        }
    }

    /**
     * Takes an option with its value.
     *
     * @return whether the value is one
     */
    boolean set(int option, String value) {
        return option == 'e' ? mapExit(value) : dieWith(value);
    }

    /** An empty text is the number 0, as strtol(3) has it. */
    private boolean mapExit(String text) {
        LeadingNumber code = LeadingNumber.of(text, 0);
        if (code.end() != text.length() || code.value() < 0 || code.value() > MAX_EXIT_CODE) {
            return false;
        }
        exitMapping = exitMapping.with(code.value() + "=0");
        return true;
    }

    private boolean dieWith(String name) {
        for (int signal = 1; signal <= LAST_STANDARD_SIGNAL; signal++) {
            if (!WITHOUT_NAME.contains(signal) && Signal.name(signal).equals(name)) {
                parentDeathSignal = Optional.of(new Signal(signal));
                return true;
            }
        }
        return false;
    }

    TiniOptions command(List<CString> words) {
        command = words;
        return this;
    }

    /** Takes the variables, which come after the options. */
    TiniOptions environment(List<CString> environment) {
        subreaper |= DropIn.has(environment, "TINI_SUBREAPER");
        group |= DropIn.has(environment, "TINI_KILL_PROCESS_GROUP");
        Optional<String> level = DropIn.variable(environment, "TINI_VERBOSITY");
        if (level.isPresent()) {
            verbosity = LeadingNumber.of(level.get(), 0).value();
        }
        return this;
    }

    int verbosity() {
        return verbosity;
    }

    boolean tellsOfOrphans() {
        return tellsOfOrphans;
    }

    ExitMapping exitMapping() {
        return exitMapping;
    }

    RunOptions forRun() {
        return new RunOptions(
                "tini",
                command,
                DropIn.FORWARDER.withExitMapping(exitMapping),
                new RunOptions.Signals(group, NOT_FROM_TERMINAL, false, false, false),
                RunOptions.Child.plain(RunOptions.Place.FOREGROUND_OF_INPUT, ALL, SignalSet.NONE),
                RunOptions.Launcher.plain(
                        subreaper ? RunOptions.Subreaper.YES : RunOptions.Subreaper.NO,
                        parentDeathSignal,
                        false,
                        false));
    }
}
