package dev.gatun.cli;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/** The options of {@code gatun service} and its verbs. */
final class ServiceOptionTable {

    // Which service
    static final Option DIST_ROOT = Option.value("--dist-root", "FOLDER",
            "The service's dist folder; by default the one gatun was called in, or the current one");
    static final Option STATIC_CONFIG =
            Option.value("--static-config", "FILE", "What the service is (service/bin/launcher-static.yml)");
    static final Option CUSTOM_CONFIG = Option.value("--custom-config", "FILE",
            "What the operator wants otherwise (var/conf/launcher-custom.yml)");
    static final Option SERVICE_NAME = Option.value("--service-name", "NAME", "Instead of the manifest's");
    static final Option SERVICE_VERSION = Option.value("--service-version", "VERSION", "Instead of the manifest's");
    static final Option ONLY =
            Option.value("--only", "NAME", "Launch this process of the configuration and no other");

    // What to do
    static final Option STARTUP = Option.flag("--startup", "Launch the service, which is the default");
    static final Option CHECK =
            Option.flag("--check", "Run the health check that launcher-check.yml describes, beside the service");
    static final Option STATUS = Option.flag("--status", "Tell whether the service runs, by its pid file");
    static final Option MODE = Option.value("--mode", "MODE", "startup, check or status");
    static final Option VERSION = Option.flag("--version", "Print the version");

    // How
    static final Option EXEC =
            Option.flag("--exec", "Set everything up, then become the service: same pid, nobody watches");
    static final Option STRICT = Option.flag("--strict", "Take warnings about the configuration for errors");
    static final Option LEGACY_EXIT_CODES =
            Option.flag("--legacy-exit-codes", "Exit with 255 where a signal ended the service, not 128 + signal");
    static final Option LOG_FORMAT =
            Option.value("--log-format", "FORMAT", "text or json, whatever the configuration says");
    static final Option JSON = Option.flag("--json", "Print what validate or explain finds as JSON");
    static final Option HELP = RunOptionTable.HELP;

    static final List<RunOptionTable.Section> SECTIONS = List.of(
            new RunOptionTable.Section("Which service",
                    List.of(DIST_ROOT, STATIC_CONFIG, CUSTOM_CONFIG, SERVICE_NAME, SERVICE_VERSION, ONLY)),
            new RunOptionTable.Section("What to do", List.of(STARTUP, CHECK, STATUS, MODE, VERSION)),
            new RunOptionTable.Section("How", List.of(EXEC, STRICT, LEGACY_EXIT_CODES, LOG_FORMAT, JSON, HELP)));

    private ServiceOptionTable() {}

    /** What stood on the line: options, wherever they stood, and the verb among them. */
    record Line(ParsedOptions options, String verb) {}

    /**
     * Reads the words behind {@code service}.
     *
     * @throws UsageError for what cannot be understood
     */
    static Line parse(List<CString> words) {
        List<Option> all = new ArrayList<>();
        for (RunOptionTable.Section section : SECTIONS) {
            all.addAll(section.options());
        }
        OptionTable table = new OptionTable(all);
        ParsedOptions parsed = table.parse(words);
        if (parsed.operands().isEmpty()) {
            return new Line(parsed, "");
        }
        int verbAt = words.size() - parsed.operands().size();
        String verb = words.get(verbAt).toString();
        if (!verb.equals("validate") && !verb.equals("explain")) {
            throw new UsageError("service takes validate, explain or only options: " + verb + " is neither");
        }
        List<CString> others = new ArrayList<>(words);
        others.remove(verbAt);
        ParsedOptions again = table.parse(others);
        if (!again.operands().isEmpty()) {
            throw new UsageError("service " + verb + " takes no argument: " + again.operands().getFirst()
                    + " is too much");
        }
        return new Line(again, verb);
    }
}
