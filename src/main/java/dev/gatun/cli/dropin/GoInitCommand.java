package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.cli.InitCommand;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import java.util.List;

/** Gatun under the name {@code go-init}: {@code gatun init} in the current folder, with one verb and nothing else. */
final class GoInitCommand {

    private static final String USAGE = "Usage: go-init start|stop|status|restart|console|check\n";

    private final Libc libc;
    private final Console console;

    GoInitCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        String verb = words.size() == 1 ? words.getFirst().toString() : "";
        return switch (verb) {
            case "start", "stop", "status", "restart", "console", "check" ->
                new InitCommand(libc, console).execute(words);
            case "--help", "-h" -> {
                console.print(USAGE);
                yield 0;
            }
            default -> {
                console.complain(USAGE);
                yield 1;
            }
        };
    }
}
