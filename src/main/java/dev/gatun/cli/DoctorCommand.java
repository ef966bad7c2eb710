package dev.gatun.cli;

import dev.gatun.doctor.Doctor;
import dev.gatun.doctor.JsonReport;
import dev.gatun.doctor.Report;
import dev.gatun.doctor.TextReport;
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
        ParsedOptions parsed = Commands.DOCTOR.parse(words);
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.DOCTOR));
            return 0;
        }
        Report report = new Doctor(libc).examine();
        console.print(parsed.has(JSON) ? JsonReport.of(report, Version.ofGatun()) : TextReport.of(report));
        return report.isHealthy() ? 0 : 1;
    }
}
