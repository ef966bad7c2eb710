package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import java.util.List;

/** {@code gatun doctor [--json]}. */
final class DoctorCommand {

    static final Option JSON = Option.flag("--json", "Print it as JSON, for programs");

    private final Libc libc;
    private final Console console;

    DoctorCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        return 0;
    }
}
