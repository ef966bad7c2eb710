package dev.gatun.cli;

import dev.gatun.cli.RunOptionTable.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands of the program. For help and completion: a command that runs does not need to know of the others. */
final class Commands {

    static final Option HELP = RunOptionTable.HELP;

    static final Command RUN = new Command(
            "run",
            "[--] CMD [ARG…]",
            "Launch a command and stay with it until the last of its descendants is gone",
            RunOptionTable.SECTIONS,
            List.of(),
            List.of(
                    "Exit code: the command's own, or 128 + the signal that ended it; 125 Gatun's own failure or bad",
                    "usage, 126 found but not executable, 127 not found.",
                    "",
                    "Examples:",
                    "  gatun run -- ./server --port 8080",
                    "  gatun run --restart on-failure --backoff 1s..1m -- ./worker",
                    "  gatun run --user www-data --rlimit nofile=4096 --explain -- ./server"));

    static final Command SERVICE = new Command(
            "service",
            "[validate|explain]",
            "Launch the service that a dist folder describes, and watch over it",
            ServiceOptionTable.SECTIONS,
            List.of("validate", "explain"),
            List.of(
                    "  gatun service            launch; what the service's files may say: docs/service.md",
                    "  gatun service validate   list every problem of both files; exit code 0 or 1",
                    "  gatun service explain    what is in effect and where it comes from, and what would be done",
                    "",
                    "Exit code: the service's own, or 128 + the signal that ended it; never 0 where the memory watchdog",
                    "ended it. 1 where nothing was started, with a sentence that begins with Launch failed."));

    static final Command INIT = new Command(
            "init",
            "start|stop|status|restart|console|check",
            "Do what an init script asks for a service in a dist folder",
            List.of(new Section("", List.of(ServiceOptionTable.DIST_ROOT, InitCommand.STOP_TIMEOUT, HELP))),
            List.of("start", "stop", "status", "restart", "console", "check"),
            List.of(
                    "Exit code of status: 0 running, 1 not running with a pid file, 3 not running, 4 unknown.",
                    "Exit code of the others: 0 done or nothing to do, 1 failed, 4 no place for the logs."));

    static final Command SCHEMA = new Command(
            "schema",
            "service-static|service-custom|spawner",
            "Print the JSON Schema of a configuration file, for editors, or of the spawner protocol",
            List.of(new Section("", List.of(HELP))),
            List.of("service-static", "service-custom", "spawner"),
            List.of());

    static final Command SPAWNER = new Command(
            "spawner",
            "check [OPTIONS] [--] PROGRAM [ARG…]",
            "Try out a spawner: a program that starts processes for Gatun",
            SpawnerCommand.SECTIONS,
            List.of("check"),
            List.of(
                    "  gatun spawner check -- python3 my_spawner.py",
                    "  gatun spawner check --transport both --only exit-codes -- ./my-spawner",
                    "",
                    "Each check starts the spawner anew, speaks to it as docs/spawner-protocol.md has it, and has it",
                    "launch small shell scripts. A check that its capabilities rule out is skipped, with the reason.",
                    "What each proves: docs/spawner-check.md.",
                    "",
                    "Exit code: 0 when none failed, 1 otherwise, 125 bad usage."));

    static final Command DOCTOR = new Command(
            "doctor",
            "",
            "Tell what this machine gives Gatun, and what that means",
            List.of(new Section("", List.of(DoctorCommand.JSON, HELP))),
            List.of(),
            List.of("Exit code: 0 when nothing essential is missing, 1 otherwise."));

    static final Command COMPLETION = new Command(
            "completion",
            "bash|zsh|fish",
            "Print a script that completes command lines of Gatun in a shell",
            List.of(new Section("", List.of(HELP))),
            List.of("bash", "zsh", "fish"),
            List.of(
                    "In the start file of the shell:",
                    "  bash   source <(gatun completion bash)",
                    "  zsh    source <(gatun completion zsh)              behind compinit",
                    "  fish   gatun completion fish | source"));

    static final Command HELP_COMMAND = new Command(
            "help",
            "[COMMAND]",
            "Print what a command does and its options",
            List.of(new Section("", List.of(HELP))),
            List.of("run", "service", "init", "schema", "spawner", "doctor", "completion", "version"),
            List.of());

    static final Command VERSION = new Command(
            "version",
            "",
            "Print the versions of Gatun and of its Java",
            List.of(new Section("", List.of(HELP))),
            List.of(),
            List.of());

    /** In the order in which help names them. */
    static final List<Command> ALL =
            List.of(RUN, SERVICE, INIT, SCHEMA, SPAWNER, DOCTOR, COMPLETION, HELP_COMMAND, VERSION);

    private Commands() {}

    static Optional<Command> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Command command : ALL) {
            names.add(command.name());
        }
        return names;
    }
}
