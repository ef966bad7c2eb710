package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.LaunchRequest;
import dev.gatun.service.ServiceLauncher;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gatun under the name {@code python-service-launcher}. */
final class PythonServiceLauncherCommand {

    private static final String NAME = "python-service-launcher";

    private static final int BAD_FLAG = 2;

    private static final Set<String> SWITCHES =
            Set.of("check", "status", "version", "help", "h", "startup", "strict", "legacy-exit-codes");
    private static final Set<String> VALUED = Set.of(
            "mode", "static-config", "custom-config", "dist-root", "service-name", "service-version", "log-format");

    private static final String USAGE = """
            Usage of python-service-launcher:
              -mode string              startup, check or status (default "startup")
              -startup                  the same as -mode startup
              -check                    run the health check of launcher-check.yml
              -status                   tell whether the service runs
              -dist-root string         the service's dist folder (default: from where this program was called)
              -static-config string     (default service/bin/launcher-static.yml)
              -custom-config string     (default var/conf/launcher-custom.yml)
              -service-name string      instead of the manifest's
              -service-version string   instead of the manifest's
              -strict                   take warnings about the configuration for errors
              -legacy-exit-codes        255 where a signal ended the service, as the original has it
              -log-format string        text or json
              -version                  print the version
            """;

    private final Libc libc;
    private final Console console;

    PythonServiceLauncherCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        GoFlags flags = new GoFlags(words, SWITCHES, VALUED);
        if (!flags.complaint().isEmpty()) {
            console.complain(flags.complaint() + "\n" + USAGE);
            return BAD_FLAG;
        }
        if (flags.isOn("help") || flags.isOn("h")) {
            console.complain(USAGE);
            return 0;
        }
        if (flags.isOn("version")) {
            console.print(NAME + DropIn.ofGatun() + "\n");
            return 0;
        }
        Optional<String> format = flags.value("log-format");
        LaunchRequest request = new LaunchRequest(
                NAME,
                flags.value("dist-root"),
                flags.value("static-config"),
                flags.value("custom-config"),
                flags.value("service-name"),
                flags.value("service-version"),
                flags.isOn("strict"),
                flags.isOn("legacy-exit-codes"),
                format.isPresent() ? Optional.of(format.get().equals("json")) : Optional.empty(),
                false,
                Optional.empty());
        String mode =
                flags.isOn("status") ? "status" : flags.isOn("check") ? "check" : flags.value("mode").orElse("startup");
        ServiceLauncher launcher = new ServiceLauncher(libc, request);
        return switch (mode) {
            case "startup" -> launcher.startup();
            case "check" -> launcher.check();
            case "status" -> answer(launcher.status());
            default -> {
                console.complain("unknown mode: " + mode + "; expected startup, check or status\n");
                yield 1;
            }
        };
    }

    private int answer(ServiceLauncher.Status status) {
        return console.answer(status.running(), status.sentence());
    }
}
