package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.run.Run;
import java.util.List;

/** Gatun under the name {@code tini}. */
final class TiniCommand {

    static final String VERSION = "tini version 0.19.0";

    static final String HELP = VERSION + """
             as Gatun has it
            Usage: tini [OPTIONS] [--] PROGRAM [ARGS]

            Runs PROGRAM, forwards signals to it, reaps zombies, and ends when it ends, with its exit code.

              -s          be a child subreaper, so that zombies can be reaped without being PID 1
              -p SIGNAL   what tini gets when its own parent dies, such as SIGTERM
              -g          forward signals to the process group of PROGRAM
              -e CODE     exit with 0 where PROGRAM exits with CODE, 0 to 255; repeatable
              -w          tell of every orphan that is reaped
              -v          tell more; up to three times
              -h          print this help
              -l          print the license
              --version   print the version; with no other word

            Environment:
              TINI_SUBREAPER            any value: -s
              TINI_KILL_PROCESS_GROUP   any value: -g
              TINI_VERBOSITY            0 to 4 (1), in place of -v
            """;

    private final Libc libc;
    private final Console console;

    TiniCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words, List<CString> environment) {
        TiniOptions options = read(words, environment);
        TiniNarrator narrator =
                new TiniNarrator(libc, options.verbosity(), options.tellsOfOrphans(), options.exitMapping());
        return new Run(libc, options.forRun(), narrator).supervise();
    }

    /**
     * Understands a command line.
     *
     * @throws Done when it is answered already
     */
    TiniOptions read(List<CString> words, List<CString> environment) {
        if (words.size() == 1 && words.getFirst().toString().equals("--version")) {
            console.print(VERSION + DropIn.ofGatun() + "\n");
            throw new Done(0);
        }
        TiniOptions options = new TiniOptions();
        Getopt getopt = new Getopt("tini", words, "p:hvwgle:s", DropIn.permutes(environment));
        for (int option = getopt.next(); option != Getopt.END; option = getopt.next()) {
            switch (option) {
                case 'h' -> {
                    console.print(HELP);
                    throw new Done(0);
                }
                case 'l' -> {
                    console.print(DropIn.license(libc));
                    throw new Done(0);
                }
                case Getopt.WRONG -> throw usage(getopt.complaint());
                case 'e', 'p' -> {
                    if (!options.set(option, getopt.value())) {
                        String text = TiniNarrator.line(
                                "FATAL", libc, "Not a valid option for -" + (char) option + ": " + getopt.value());
                        console.complain(text);
                        throw new Done(1);
                    }
                }
                default -> options.set(option);
            }
        }
        if (getopt.operands().isEmpty()) {
            throw usage("");
        }
        options.command(getopt.operands()).environment(environment);
        return options;
    }

    private Done usage(String complaint) {
        console.complain(complaint + HELP);
        return new Done(1);
    }
}
