package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.run.Run;
import java.util.List;

/** Gatun under the name {@code dumb-init}. */
final class DumbInitCommand {

    static final String VERSION = "dumb-init v1.2.5";

    static final String HELP = VERSION + """
             as Gatun has it
            Usage: dumb-init [OPTIONS] [--] COMMAND [ARGS]

            Runs COMMAND in a session of its own, forwards signals to all of that session's first process group, reaps
            zombies, and ends when COMMAND ends, with its exit code.

               -c, --single-child   forward signals to COMMAND alone, and leave it in this session
               -r, --rewrite S:R    forward signal number R when number S arrives, nothing when R is 0; repeatable
               -v, --verbose        tell on standard error what happens
               -h, --help           print this help
               -V, --version        print the version

            Environment:
               DUMB_INIT_SETSID=0   as --single-child
               DUMB_INIT_DEBUG=1    as --verbose
            """;

    private static final String NO_COMMAND = """
            Usage: dumb-init [OPTIONS] [--] COMMAND [ARGS]
            See dumb-init --help.
            """;

    private static final String NO_REWRITE = """
            Usage: -r takes S:R, two signal numbers; S is 1 to 31, R is 0 to 31. It can be given several times.
            See dumb-init --help.
            """;

    private final Libc libc;
    private final Console console;

    DumbInitCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words, List<CString> environment) {
        DumbInitOptions options = read(words, environment);
        DumbInitNarrator narrator = new DumbInitNarrator(libc, options.debug(), options.rewrites());
        options.tellOfEnvironment(narrator, environment);
        return new Run(libc, options.forRun(), narrator).supervise();
    }

    /**
     * Understands a command line.
     *
     * @throws Done when it is answered already
     */
    DumbInitOptions read(List<CString> words, List<CString> environment) {
        DumbInitOptions options = new DumbInitOptions();
        Getopt getopt = new Getopt(
                "dumb-init",
                words,
                "hvVcr:",
                false,
                new LongOption("help", 'h'),
                new LongOption("single-child", 'c'),
                new LongOption("rewrite", 'r'),
                new LongOption("verbose", 'v'),
                new LongOption("version", 'V'));
        for (int option = getopt.next(); option != Getopt.END; option = getopt.next()) {
            switch (option) {
                case 'h' -> throw answered(HELP, 0);
                case 'V' -> throw answered(VERSION + DropIn.ofGatun() + "\n", 0);
                case Getopt.WRONG -> throw answered(getopt.complaint(), 1);
                case 'r' -> {
                    if (!options.rewrite(getopt.value())) {
                        throw answered(NO_REWRITE, 1);
                    }
                }
                default -> options.set(option);
            }
        }
        if (getopt.operands().isEmpty()) {
            throw answered(NO_COMMAND, 1);
        }
        options.command(getopt.operands()).environment(environment);
        return options;
    }

    /** Whatever it is, it goes to standard error. */
    private Done answered(String text, int exitCode) {
        console.complain(text);
        return new Done(exitCode);
    }
}
