package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import java.time.Duration;
import java.util.List;

/** {@code gatun init start|stop|status|restart|console|check}. */
public final class InitCommand {

    static final Option STOP_TIMEOUT = Option.value("--stop-timeout", "TIME",
            "From the stop signal to KILL of what still runs (240s)");
    static final Option DIST_ROOT = Option.value("--dist-root", "FOLDER", "The service's dist folder (.)");

    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(240);

    private final Libc libc;
    private final Console console;

    public InitCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    public int execute(List<CString> words) {
        ParsedOptions parsed = Commands.INIT.parse(words);
        return 0;
    }
}
