package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.ConfigReport;
import dev.gatun.service.LaunchFailure;
import dev.gatun.service.LaunchRequest;
import dev.gatun.service.ServiceExplanation;
import dev.gatun.service.ServiceInspection;
import dev.gatun.service.ServiceLauncher;
import java.util.List;
import java.util.Optional;

/** {@code gatun service [validate|explain] [OPTIONS]}. */
final class ServiceCommand {

    private final Libc libc;
    private final Console console;

    ServiceCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        ServiceOptionTable.Line line = ServiceOptionTable.parse(words);
        ParsedOptions options = line.options();
        if (options.has(ServiceOptionTable.HELP)) {
            console.print(Help.of(Commands.SERVICE));
            return 0;
        }
        if (options.has(ServiceOptionTable.VERSION)) {
            console.print("gatun service " + Version.ofGatun() + "\n");
            return 0;
        }
        if (options.has(ServiceOptionTable.JSON) && line.verb().isEmpty()) {
            throw new UsageError("--json goes with validate and explain; the log takes --log-format json");
        }
        LaunchRequest request = request(options);
        if (line.verb().isEmpty()) {
            return launch(new ServiceLauncher(libc, request), mode(options));
        }
        ServiceInspection inspection = new ServiceInspection(libc, request);
        boolean json = options.has(ServiceOptionTable.JSON);
        try {
            return line.verb().equals("validate") ? validate(inspection, json) : explain(inspection, json);
        } catch (LaunchFailure failure) {
            console.complain("gatun: " + failure.getMessage() + "\n");
            return 1;
        }
    }

    private int launch(ServiceLauncher launcher, String mode) {
        return switch (mode) {
            case "startup" -> launcher.startup();
            case "check" -> launcher.check();
            case "status" -> answer(launcher.status());
            default -> throw new UsageError("--mode " + mode + ": expected startup, check or status");
        };
    }

    private int validate(ServiceInspection inspection, boolean json) {
        ConfigReport report = inspection.validate();
        console.print(json ? report.json() : report.text());
        return report.isValid() ? 0 : 1;
    }

    /** What cannot be explained is complained of, as {@code validate} does. */
    private int explain(ServiceInspection inspection, boolean json) {
        ConfigReport report = inspection.validate();
        if (!report.isValid()) {
            console.complain(report.text());
            return 1;
        }
        ServiceExplanation explanation = inspection.explain();
        console.print(json ? explanation.json() : explanation.text());
        return 0;
    }

    /** The flags win over {@code --mode}, and status over check. */
    private static String mode(ParsedOptions options) {
        if (options.has(ServiceOptionTable.STATUS)) {
            return "status";
        }
        if (options.has(ServiceOptionTable.CHECK)) {
            return "check";
        }
        return options.text(ServiceOptionTable.MODE).orElse("startup");
    }

    private static LaunchRequest request(ParsedOptions options) {
        Optional<String> format = options.text(ServiceOptionTable.LOG_FORMAT);
        if (format.isPresent() && !format.get().equals("text") && !format.get().equals("json")) {
            throw new UsageError("--log-format " + format.get() + ": expected text or json");
        }
        return new LaunchRequest(
                "gatun",
                options.text(ServiceOptionTable.DIST_ROOT),
                options.text(ServiceOptionTable.STATIC_CONFIG),
                options.text(ServiceOptionTable.CUSTOM_CONFIG),
                options.text(ServiceOptionTable.SERVICE_NAME),
                options.text(ServiceOptionTable.SERVICE_VERSION),
                options.has(ServiceOptionTable.STRICT),
                options.has(ServiceOptionTable.LEGACY_EXIT_CODES),
                format.isPresent() ? Optional.of(format.get().equals("json")) : Optional.empty(),
                options.has(ServiceOptionTable.EXEC),
                options.text(ServiceOptionTable.ONLY));
    }

    private int answer(ServiceLauncher.Status status) {
        return console.answer(status.running(), status.sentence());
    }
}
