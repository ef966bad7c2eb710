package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.EXIT;
import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.OPTIONS;

import dev.gatun.process.LaunchOptions;
import dev.gatun.spawner.message.SpawnerMessage.Exit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How processes end, and what is told of it. */
final class ExitChecks {

    /** Longer than an exit may take at most, and short enough not to be in anybody's way afterwards. */
    private static final int GRANDCHILD_SECS = 12;

    static final List<Check> ALL = List.of(
            Check.of("exit-codes", EXIT, "it tells the exit codes 0, 3 and 255", ExitChecks::codes),
            Check.of("exit-signals", EXIT, "it tells the signals KILL, TERM and SEGV that end a process",
                    ExitChecks::signals, Need.SIGNAL),
            Check.of("no-core", EXIT, "core_dumped is false where no core was dumped", ExitChecks::noCore),
            Check.of("core-dumped", EXIT, "core_dumped is true where core was dumped", ExitChecks::coreDumped,
                    Need.CORE_DUMPED, Need.SIGNAL),
            Check.of("no-such-program", MESSAGES, "a program that is not there is an error or an exit with a reason",
                    stage -> cannotStart(stage, stage.program("/gatun/spawner/check/is/not/there"))),
            Check.of("no-such-cwd", MESSAGES, "a cwd that is not there is an error or an exit with a reason",
                    stage -> cannotStart(stage,
                            stage.shell("exit 0").workingDirectory("/gatun/spawner/check/is/not/there"))),
            Check.of("grandchild", EXIT, "it tells an exit though a descendant goes on and holds the output",
                    ExitChecks::grandchild),
            Check.of("stderr-tail", OPTIONS, "of five lines of standard error and tail_lines 3 it tells the last three",
                    stage -> tail(stage, "for i in 1 2 3 4 5; do echo $i >&2; done", 3, List.of("3", "4", "5"))),
            Check.of("stderr-tail-blank", OPTIONS, "blank lines and a last one without an end count as lines",
                    stage -> tail(stage, "printf 'x\\na\\n\\n\\nb' >&2", 4, List.of("a", "", "", "b"))),
            Check.of("stderr-tail-none", OPTIONS, "with tail_lines 0 stderr_tail is empty",
                    stage -> tail(stage, "echo one >&2", 0, List.of())));

    private ExitChecks() {}

    /** An exit as a clause. */
    static String words(Exit exit) {
        if (exit.failedReason().isPresent()) {
            return "failed: " + Line.excerpt(exit.failedReason().get());
        } else if (exit.signal().isPresent()) {
            return "was ended by the signal " + exit.signal().getAsInt() + (exit.coreDumped() ? " with core" : "");
        }
        return exit.exitCode().isPresent()
                ? "exited with " + exit.exitCode().getAsInt()
                : "ended without an exit code or a signal";
    }

    private static Exit expect(Session session, String proc, LaunchOptions options, String expected,
            Predicate<Exit> isRight) {
        Session.Sent launch = session.sendLaunch(proc, 1, options);
        session.accepted(launch);
        Exit exit = session.exit(launch.words(), proc, 1);
        if (!isRight.test(exit)) {
            throw new Unmet(launch.words(), "an exit with " + expected, "it " + words(exit));
        }
        return exit;
    }

    private static void codes(Stage stage) {
        Session session = stage.greeted();
        for (int code : new int[]{0, 3, 255}) {
            expect(session, "exit" + code, stage.script("exit " + code), "the code " + code + " alone",
                    exit -> exit.exitCode().orElse(-1) == code && exit.signal().isEmpty()
                            && exit.failedReason().isEmpty());
        }
    }

    private static void signals(Stage stage) {
        Session session = stage.greeted();
        for (int signal : new int[]{9, 15, 11}) {
            expect(session, "signal" + signal, stage.script("ulimit -c 0; kill -" + signal + " $$; sleep 5"),
                    "the signal " + signal,
                    exit -> exit.signal().orElse(-1) == signal && exit.failedReason().isEmpty());
        }
    }

    private static void noCore(Stage stage) {
        Session session = stage.greeted();
        expect(session, "code", stage.script("exit 3"), "no core", exit -> !exit.coreDumped());
        expect(session, "term", stage.script("kill -TERM $$; sleep 5"), "no core", exit -> !exit.coreDumped());
    }

    /** A shell says whether its child dumped core; only where that happens there is something to see. */
    private static void coreDumped(Stage stage) {
        Session session = stage.greeted();
        String crash = "ulimit -c unlimited && folder=$(mktemp -d) && cd \"$folder\" || exit 9; "
                + "(sleep 5; rm -rf \"$folder\") >/dev/null 2>&1 & ";
        Exit oracle = session.run("oracle", stage.shell(
                crash + "export LC_ALL=C; sh -c 'sh -c \"kill -SEGV \\$\\$\"; true' 2>said; grep -q 'core dumped' said")
                .build());
        if (oracle.exitCode().orElse(-1) != 0) {
            throw new NotApplicable("where its processes run, no core is dumped");
        }
        expect(session, "crash", stage.script(crash + "kill -SEGV $$; sleep 5"), "core_dumped true",
                Exit::coreDumped);
    }

    private static void cannotStart(Stage stage, LaunchOptions.Builder options) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, options.build());
        Optional<Session.Refusal> refusal = session.refusal(launch);
        if (refusal.isEmpty()) {
            Exit exit = session.exit(launch.words(), "a", 1);
            if (exit.failedReason().isEmpty()) {
                throw new Unmet(launch.words(), "an error, or an exit with a failed_reason", "it " + words(exit));
            }
        }
        session.expectNo(launch.words(), "started", line -> line.isEvent("started", "a", 1));
    }

    private static void grandchild(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1,
                stage.shell("sleep " + GRANDCHILD_SECS + " & exit 4").wantsOutput(true).tailLines(1).build());
        session.accepted(launch);
        Exit exit = session.exit(launch.words(), "a", 1, stage.timeout().dividedBy(2));
        if (exit.exitCode().orElse(-1) != 4) {
            throw new Unmet(launch.words(), "the exit code 4", "it " + words(exit));
        }
    }

    private static void tail(Stage stage, String script, int tailLines, List<String> expected) {
        Session session = stage.start();
        boolean isCaptured = Need.CAPTURED.isMetBy(session.hello().capabilities());
        Session.Sent launch = session.sendLaunch("a", 1, stage.shell(script).tailLines(tailLines).build());
        session.accepted(launch);
        List<String> tail = session.exit(launch.words(), "a", 1).stderrTail();
        if (tail.isEmpty() && !isCaptured && !expected.isEmpty()) {
            throw new NotApplicable("stdio is managed, and there is no tail");
        } else if (!tail.equals(expected)) {
            throw new Unmet(launch.words(), "the stderr_tail " + expected,
                    "there came " + Line.excerpt(tail.toString()));
        }
    }
}
