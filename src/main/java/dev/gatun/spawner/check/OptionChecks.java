package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.OPTIONS;

import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import dev.gatun.spawner.message.SpawnerMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a launch asks for, and the process finds. It tells by its exit code, which every spawner tells: 0 where all is as
 * it should be. An option that a spawner has no way to honour is answered with {@code unsupported}, and not checked.
 */
final class OptionChecks {

    private static final String ODD = "a  b";

    static final List<Check> ALL = List.of(
            Check.of("args", OPTIONS,
                    "a process gets its arguments as they are: empty, with blanks, quotes, line breaks",
                    stage -> holds(stage, "args", stage.shell(
                            "[ $# = 5 ] && [ \"$1\" = '' ] && [ \"$2\" = 'a  b' ] && [ \"$3\" = \"it's \\\"so\\\" \\$HOME *\" ]"
                                    + " && [ \"$4\" = 'x\ny' ] && [ \"$5\" = 'ä€' ]",
                            "", ODD, "it's \"so\" $HOME *", "x\ny", "ä€"))),
            Check.of("arg0", OPTIONS, "a process is called by arg0",
                    stage -> holds(stage, "arg0", stage.shell(
                            "tr '\\0' '\\n' </proc/$$/cmdline | { read -r name && [ \"$name\" = /odd/sh ]; }")
                            .argument0("/odd/sh"))),
            Check.of("env", OPTIONS, "a process gets its environment as it is",
                    stage -> holds(stage, "env", stage.shell("[ \"$ONE\" = 'a  b' ] && [ \"${TWO-unset}\" = '' ]")
                            .environment(Map.of("ONE", ODD, "TWO", "")))),
            Check.of("inherit-env", OPTIONS, "inherit_env adds the environment of the spawner, and only then",
                    OptionChecks::inheritEnv),
            Check.of("bootstrap-variables", OPTIONS,
                    "bootstrap_payload, process_name and log_channel become their variables",
                    stage -> holds(stage, "the variables", stage.shell(
                            "[ \"$HYPERACTOR_MESH_BOOTSTRAP_MODE\" = payload ] && [ \"$HYPERACTOR_PROCESS_NAME\" = name ]"
                                    + " && [ \"$BOOTSTRAP_LOG_CHANNEL\" = channel ]")
                            .bootstrapPayload("payload").processName("name").logChannel("channel"))),
            Check.of("cwd", OPTIONS, "a process starts in cwd",
                    stage -> holds(stage, "cwd", stage.shell("[ \"$(pwd)\" = / ]").workingDirectory("/"))),
            Check.of("rlimits", OPTIONS, "a process has its rlimits",
                    stage -> holds(stage, "rlimits",
                            stage.shell("[ \"$(ulimit -Sn)\" = 77 ] && [ \"$(ulimit -Hn)\" = 99 ]")
                                    .rlimits(List.of(new Rlimit(Rlimit.Resource.NOFILE, 77, 99))))),
            Check.of("user", OPTIONS, "a process runs as its user and group, or the launch fails",
                    OptionChecks::user),
            Check.of("cgroup", OPTIONS, "it does not ignore a cgroup that is not there", OptionChecks::cgroup),
            Check.of("limits-unsupported", OPTIONS, "it refuses memory_bytes, processors and processes as unsupported",
                    OptionChecks::limitsUnsupported, Need.NO_LIMITS),
            Check.of("limits", OPTIONS, "it accepts memory_bytes, processors and processes", OptionChecks::limits,
                    Need.LIMITS));

    private OptionChecks() {}

    /** Runs a script that ends with 0 where it finds things as they should be. */
    private static void holds(Stage stage, String what, LaunchOptions.Builder options) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, options.build());
        session.accepted(launch);
        SpawnerMessage.Exit exit = session.exit(launch.words(), "a", 1);
        if (exit.exitCode().orElse(-1) != 0 || exit.failedReason().isPresent()) {
            throw new Unmet(launch.words(), "a process that finds " + what + " and exits with 0",
                    "it " + ExitChecks.words(exit));
        }
    }

    private static void inheritEnv(Stage stage) {
        holds(stage, "no variable of the spawner without inherit_env", stage.shell(
                "[ -z \"${" + Stage.MARKER + "+set}\" ]").inheritsEnvironment(false));
        holds(stage, "a variable of the spawner with inherit_env", stage.shell(
                "[ \"$" + Stage.MARKER + "\" = there ]").inheritsEnvironment(true));
    }

    private static void user(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, stage.shell("[ \"$(id -u):$(id -g)\" = 65534:65534 ]")
                .user(new ProcUser("65534", Optional.of("65534"))).build());
        Optional<Session.Refusal> refusal = session.refusal(launch);
        if (refusal.isPresent()) {
            throw new NotApplicable("the launch with a user was answered with " + refusal.get().code());
        }
        SpawnerMessage.Exit exit = session.exit(launch.words(), "a", 1);
        if (exit.failedReason().isPresent()) {
            throw new NotApplicable("the launch with a user failed: " + Line.excerpt(exit.failedReason().get()));
        } else if (exit.exitCode().orElse(-1) != 0) {
            throw new Unmet(launch.words(), "a process that runs as user and group 65534 and exits with 0",
                    "it " + ExitChecks.words(exit));
        }
    }

    private static void cgroup(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1,
                stage.shell("exit 0").cgroup("/gatun-spawner-check/is/not/there").build());
        if (session.refusal(launch).isEmpty()
                && session.exit(launch.words(), "a", 1).failedReason().isEmpty()) {
            throw new Unmet(launch.words(), "an error, or an exit with a failed_reason",
                    "it ran as if nothing was asked");
        }
    }

    private static List<ResourceLimits> eachLimit() {
        return List.of(
                ResourceLimits.NONE.withMemoryBytes(256 << 20),
                ResourceLimits.NONE.withProcessors(0.5),
                ResourceLimits.NONE.withProcesses(50));
    }

    private static void limitsUnsupported(Stage stage) {
        Session session = stage.greeted();
        for (ResourceLimits limit : eachLimit()) {
            session.expectRefusal(
                    session.sendLaunch("a", 1, stage.shell("exit 0").limits(limit).build()), "unsupported");
        }
    }

    private static void limits(Stage stage) {
        for (ResourceLimits limit : eachLimit()) {
            Session session = stage.greeted();
            Session.Sent launch = session.sendLaunch("a", 1, stage.shell("exit 0").limits(limit).build());
            session.refusal(launch).ifPresent(refusal -> {
                throw new Unmet(launch.words(), "an accepted launch, since hello said limits", refusal.toString());
            });
            SpawnerMessage.Exit exit = session.exit(launch.words(), "a", 1);
            if (exit.exitCode().orElse(-1) != 0 || exit.failedReason().isPresent()) {
                throw new Unmet(launch.words(), "the exit code 0", "it " + ExitChecks.words(exit));
            }
        }
    }
}
