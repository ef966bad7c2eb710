package dev.gatun.cli;

import dev.gatun.config.Suggestion;
import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Libc;
import dev.gatun.process.InheritedEnvironment;
import java.util.List;
import java.util.Optional;

/** {@code gatun help [COMMAND]}, and what is said where no command is named, or one that is none. */
final class HelpCommand {

    private static final int USAGE = 125;

    private final Libc libc;
    private final Console console;

    HelpCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        ParsedOptions parsed = Commands.HELP_COMMAND.parse(words);
        List<CString> operands = parsed.operands();
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.HELP_COMMAND));
        } else if (operands.isEmpty()) {
            console.print(Help.overview());
        } else {
            String name = operands.getFirst().toString();
            console.print(Help.of(Commands.find(name).orElseThrow(() -> unknown(name))));
        }
        return 0;
    }

    /** No word at all: there is nothing to do, which is not what anybody wanted. */
    int nothing() {
        console.complain("""
                usage: gatun COMMAND [OPTIONS] [ARG…]
                  gatun run -- CMD [ARG…]   launch a command and stay with it
                  gatun --help              all commands
                """);
        return USAGE;
    }

    /** A first word that is no command. */
    int unknownCommand(String word) {
        console.complain("gatun: " + unknown(word).getMessage() + " (see gatun --help)\n");
        return USAGE;
    }

    private UsageError unknown(String word) {
        if (word.startsWith("-")) {
            return new UsageError("option " + word + " stands in front of a command"
                    + (isRunOption(word) ? "; did you mean gatun run " + word + "?" : ""));
        }
        String hint = meant(word).map(meant -> "; did you mean " + meant + "?").orElse("");
        return new UsageError("unknown command " + word + hint);
    }

    private static boolean isRunOption(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        return Commands.RUN.options().stream().anyMatch(option -> option.names().contains(name));
    }

    /** A program of that very name is a better guess than a command with a similar one. */
    private Optional<String> meant(String word) {
        if (word.contains("/")
                || CommandPath.find(libc, CString.of(word),
                        InheritedEnvironment.read(libc)) instanceof CommandPath.Executable) {
            return Optional.of("gatun run -- " + word);
        }
        return Suggestion.nearest(word, Commands.names()).map(name -> "gatun " + name);
    }
}
