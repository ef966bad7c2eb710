package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.LaunchRequest;
import dev.gatun.service.ServiceLauncher;
import java.util.List;
import java.util.Optional;

/** Gatun under the name {@code go-java-launcher}: the current folder is the dist root, and two operands name the files. */
final class GoJavaLauncherCommand {

    private static final String NAME = "go-java-launcher";

    private static final String USAGE =
            "Usage: go-java-launcher <path to launcher-static.yml> [<path to launcher-custom.yml>]\n";

    private final Libc libc;
    private final Console console;

    GoJavaLauncherCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        String first = words.isEmpty() ? "" : words.getFirst().toString();
        if (first.equals("--help") || first.equals("-h")) {
            console.print(USAGE);
            return 0;
        }
        if (first.equals("--version")) {
            console.print(NAME + DropIn.ofGatun() + "\n");
            return 0;
        }
        if (words.isEmpty() || words.size() > 2) {
            console.complain(USAGE);
            return 1;
        }
        String custom = words.size() == 2 ? words.get(1).toString() : "launcher-custom.yml";
        LaunchRequest request = new LaunchRequest(
                NAME, Optional.of("."), Optional.of(first), Optional.of(custom), Optional.empty(), Optional.empty(),
                false, false, Optional.empty(), false, Optional.empty());
        return new ServiceLauncher(libc, request).startup();
    }
}
