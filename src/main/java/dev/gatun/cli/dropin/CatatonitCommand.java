package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.run.Run;
import dev.gatun.run.RunOptions;
import dev.gatun.run.SignalRewrites;
import java.util.List;
import java.util.Optional;

/** Gatun under the name {@code catatonit}. */
final class CatatonitCommand {

    /** The name of another program: container engines look for that one. */
    static final String VERSION = "tini version 0.1.7_catatonit";

    private static final String USAGE = "usage: catatonit [-ghLPV] [--] PROGRAM [ARGS]\n";

    static final String HELP = USAGE + """

            Runs PROGRAM, forwards signals to it, reaps zombies (as a child subreaper where it is not PID 1), and ends when
            PROGRAM ends, with its exit code.

              -g              forward signals to the process group of PROGRAM
              -P              run no program: reap zombies until SIGINT or SIGTERM
              -h              print this help
              -L              print the license
              -V, --version   print the version

            Environment:
              CATATONIT_DEBUG   any value: tell on standard error what happens
            """;

    /** About our place at the terminal, not about the child. */
    private static final SignalRewrites NOT_FROM_TERMINAL = SignalRewrites.NONE
            .with(Signal.TSTP, 0)
            .with(Signal.TTIN, 0)
            .with(Signal.TTOU, 0);

    /** There is no shell that could continue the child once Ctrl-Z has stopped it. */
    private static final SignalSet NO_STOP_BY_TERMINAL = SignalSet.of(Signal.TSTP, Signal.TTIN, Signal.TTOU);

    private static final SignalSet ALL = new SignalSet(-1);

    private final Libc libc;
    private final Console console;
    private boolean group;
    private boolean pauses;
    private List<CString> command = List.of();

    CatatonitCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words, List<CString> environment) {
        RunOptions options = read(words, environment);
        boolean debug = DropIn.has(environment, "CATATONIT_DEBUG");
        Run run = new Run(libc, options, new CatatonitNarrator(libc, debug));
        return pauses ? run.pause() : run.supervise();
    }

    /**
     * Understands a command line.
     *
     * @throws Done when it is answered already
     */
    RunOptions read(List<CString> words, List<CString> environment) {
        if (DropIn.has(environment, "CATATONIT_LOG")) {
            throw refused("the variable CATATONIT_LOG must not be set: it has no meaning yet", "");
        }
        Getopt getopt = new Getopt(
                "catatonit", words, "ghLPV", DropIn.permutes(environment), new LongOption("version", 'V'));
        for (int option = getopt.next(); option != Getopt.END; option = getopt.next()) {
            switch (option) {
                case 'g' -> group = true;
                case 'P' -> pauses = true;
                case 'h' -> {
                    console.complain(HELP);
                    throw new Done(0);
                }
                case 'L' -> throw answered(DropIn.license(libc));
                case 'V' -> throw answered(VERSION + DropIn.ofGatun() + "\n");
                default -> {
                    console.complain(getopt.complaint() + USAGE);
                    throw new Done(1);
                }
            }
        }
        command = getopt.operands();
        if (command.isEmpty() && !pauses) {
            throw refused("no program is named", USAGE);
        }
        return forRun();
    }

    boolean pauses() {
        return pauses;
    }

    private RunOptions forRun() {
        return new RunOptions(
                "catatonit",
                command,
                DropIn.FORWARDER,
                new RunOptions.Signals(group, NOT_FROM_TERMINAL, false, false, false),
                RunOptions.Child.plain(RunOptions.Place.FOREGROUND, ALL, NO_STOP_BY_TERMINAL),
                RunOptions.Launcher.plain(RunOptions.Subreaper.AUTOMATIC, Optional.empty(), true, false));
    }

    private Done answered(String text) {
        console.print(text);
        return new Done(0);
    }

    private Done refused(String sentence, String usage) {
        console.complain(CatatonitNarrator.line("ERROR", libc, sentence) + usage);
        return new Done(1);
    }
}
