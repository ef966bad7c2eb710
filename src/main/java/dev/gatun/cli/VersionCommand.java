package dev.gatun.cli;

import dev.gatun.linux.CString;
import java.util.List;

/** {@code gatun version} and {@code gatun --version}. */
final class VersionCommand {

    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    int execute(List<CString> words) {
        ParsedOptions parsed = Commands.VERSION.parse(words);
        console.print(parsed.has(Commands.HELP) ? Help.of(Commands.VERSION) : text());
        return 0;
    }

    private static String text() {
        return "gatun " + Version.ofGatun() + "\n"
                + "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ", "
                + System.getProperty("java.home") + ")\n"
                + "linux " + System.getProperty("os.version") + " on " + System.getProperty("os.arch") + "\n";
    }
}
