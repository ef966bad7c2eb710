package dev.gatun.cli;

import dev.gatun.cli.RunOptionTable.Section;
import dev.gatun.config.Suggestion;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.process.InheritedEnvironment;
import dev.gatun.spawner.check.Check;
import dev.gatun.spawner.check.CheckReport;
import dev.gatun.spawner.check.CheckResult;
import dev.gatun.spawner.check.CheckRunner;
import dev.gatun.spawner.check.CheckSettings;
import dev.gatun.spawner.check.Checks;
import dev.gatun.spawner.check.NotStarted;
import dev.gatun.spawner.check.Outcome;
import dev.gatun.spawner.check.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code gatun spawner check [OPTIONS] -- CMD [ARG…]}. */
final class SpawnerCommand {

    static final String BOTH = "both";

    static final Option TRANSPORT = Option.value("--transport", "TRANSPORT", "stdio (default), unix or both");
    static final Option ONLY = Option.values("--only", "CHECK", "Play this check alone; may be repeated");
    static final Option LIST = Option.flag("--list", "Print the names of the checks and what they prove");
    static final Option JSON = Option.flag("--json", "Print the results as JSON, for programs");
    static final Option TIMEOUT =
            Option.value("--timeout", "TIME", "How long a reply or an event may take; 10s unless given");
    static final Option SHELL =
            Option.value("--shell", "FILE", "A POSIX shell where the spawner starts processes; /bin/sh unless given");
    static final Option SETTING =
            Option.values("--setting", "NAME=VALUE", "A setting of every launch, such as image=…; may be repeated");

    static final List<Section> SECTIONS =
            List.of(new Section("",
                    List.of(TRANSPORT, ONLY, LIST, JSON, TIMEOUT, SHELL, SETTING, RunOptionTable.HELP)));

    private static final int NOT_STARTED = 125;

    private final Libc libc;
    private final Console console;

    SpawnerCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        boolean isCheck = !words.isEmpty() && words.getFirst().toString().equals("check");
        ParsedOptions parsed =
                new OptionTable(Commands.SPAWNER.options()).parse(isCheck ? words.subList(1, words.size()) : words);
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.SPAWNER));
            return 0;
        } else if (!isCheck) {
            throw new UsageError(words.isEmpty()
                    ? "spawner needs a verb: check"
                    : "spawner has no verb " + words.getFirst() + ", only: check");
        }
        List<Check> checks = checks(parsed);
        if (parsed.has(LIST)) {
            console.print(CheckReport.list(checks));
            return 0;
        }
        try {
            return check(parsed, checks);
        } catch (NotStarted nothing) {
            console.complain("gatun: " + nothing.getMessage() + "\n");
            return NOT_STARTED;
        }
    }

    private int check(ParsedOptions parsed, List<Check> checks) {
        CheckSettings settings = settings(parsed);
        List<Transport> transports = transports(parsed);
        // The start script blocks them for commands that read them; an interrupt shall end this one.
        SignalOwnership.FORWARDABLE.unblock(libc);
        Signal.CHLD.restoreDefault(libc);
        boolean asJson = parsed.has(JSON);
        List<CheckResult> results = new ArrayList<>();
        for (Transport transport : transports) {
            results.addAll(new CheckRunner(libc, settings).run(checks, transport, result -> {
                if (!asJson) {
                    console.print(CheckReport.of(result));
                }
            }));
        }
        console.print(asJson ? CheckReport.json(results) : CheckReport.summary(results, transports));
        return results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Failed) ? 1 : 0;
    }

    private static List<Check> checks(ParsedOptions parsed) {
        if (!parsed.has(ONLY)) {
            return Checks.ALL;
        }
        List<Check> checks = new ArrayList<>();
        for (String name : parsed.texts(ONLY)) {
            checks.add(Checks.find(name).orElseThrow(() -> new UsageError("there is no check " + name
                    + Suggestion.nearest(name, Checks.ALL.stream().map(Check::name).toList())
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("; gatun spawner check --list names them"))));
        }
        return checks;
    }

    private static List<Transport> transports(ParsedOptions parsed) {
        String text = parsed.text(TRANSPORT).orElse("stdio");
        return switch (text) {
            case "stdio" -> List.of(Transport.STDIO);
            case "unix" -> List.of(Transport.UNIX);
            case BOTH -> List.of(Transport.values());
            default -> throw new UsageError("--transport " + text + ": expected stdio, unix or both");
        };
    }

    private CheckSettings settings(ParsedOptions parsed) {
        Duration timeout = new OptionValues(parsed).duration(TIMEOUT).orElse(CheckSettings.DEFAULT_TIMEOUT);
        if (timeout.toMillis() < 1) {
            throw new UsageError("--timeout " + parsed.text(TIMEOUT).orElse("") + ": expected more than no time");
        } else if (parsed.operands().isEmpty()) {
            throw new UsageError("no command given: " + Commands.SPAWNER.usage());
        }
        return new CheckSettings(
                parsed.operands(),
                InheritedEnvironment.read(libc),
                parsed.text(SHELL).orElse(CheckSettings.DEFAULT_SHELL),
                launchSettings(parsed),
                timeout);
    }

    private static Map<String, String> launchSettings(ParsedOptions parsed) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String text : parsed.texts(SETTING)) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageError("--setting " + text + ": expected NAME=VALUE");
            }
            settings.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return settings;
    }
}
