package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.FAULTS;
import static dev.gatun.spawner.check.Chapter.MESSAGES;

import dev.gatun.process.LaunchOptions;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import java.util.List;
import java.util.Optional;

/** The course of a launch: what is told, in which order, how often. */
final class LaunchChecks {

    static final List<Check> ALL = List.of(
            Check.of("launch-result", MESSAGES, "the result of launch is accepted with a handle",
                    stage -> stage.greeted().launch("a", 1, stage.script("exit 0"))),
            Check.of("event-order", MESSAGES, "it tells the reply, started, logs and exit in this order",
                    LaunchChecks::order),
            Check.of("event-seq", MESSAGES, "it numbers the events of a generation from 1 without a gap",
                    LaunchChecks::sequence),
            Check.of("one-exit", MESSAGES, "it tells an exit exactly once, whatever is asked afterwards",
                    LaunchChecks::oneExit),
            Check.of("started-fields", MESSAGES, "started has all its fields",
                    stage -> fields(stage, "started")),
            Check.of("started-pid", MESSAGES, "started has a pid", LaunchChecks::pid, Need.PID),
            Check.of("log-fields", MESSAGES, "log has all its fields", stage -> fields(stage, "log"), Need.CAPTURED),
            Check.of("exit-fields", Chapter.EXIT, "exit has all five fields, of their types",
                    stage -> fields(stage, "exit")),
            Check.of("already-launched", MESSAGES, "it refuses a second launch of a name while the first runs",
                    LaunchChecks::alreadyLaunched),
            Check.of("next-generation", MESSAGES, "it launches a name anew when it is over, and counts events anew",
                    LaunchChecks::nextGeneration),
            Check.of("list", MESSAGES, "it lists what runs, with the handle of its launch, and nothing that is over",
                    LaunchChecks::list),
            Check.of("ping-beside-launch", FAULTS, "it answers a ping that comes right behind a launch",
                    LaunchChecks::pingBesideLaunch),
            Check.of("many-launches", FAULTS, "it launches 50 processes at once and tells each one's own exit",
                    LaunchChecks::manyLaunches));

    private static final int MANY = 50;

    private LaunchChecks() {}

    private static LaunchOptions talking(Stage stage) {
        return stage.shell("echo one; echo two >&2; exit 3").wantsOutput(true).tailLines(2).build();
    }

    private static Session.Sent runToEnd(Stage stage, Session session) {
        Session.Sent launch = session.sendLaunch("a", 1, talking(stage));
        session.accepted(launch);
        session.exit(launch.words(), "a", 1);
        return launch;
    }

    private static void expect(Session.Sent sent, String expected, Optional<String> violation) {
        violation.ifPresent(came -> {
            throw new Unmet(sent.words(), expected, came);
        });
    }

    private static void order(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = runToEnd(stage, session);
        session.expectAlive(launch.words());
        expect(launch, "the reply, started, logs, exit", EventRules.order(session.lines(), launch.id(), "a", 1));
        if (session.lines().stream().noneMatch(line -> line.isEvent("started", "a", 1))) {
            throw new Unmet(launch.words(), "the reply, started, logs, exit", "there was no started");
        }
    }

    private static void sequence(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = runToEnd(stage, session);
        expect(launch, "seq to count from 1", EventRules.sequence(session.lines(), "a", 1));
    }

    private static void oneExit(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = runToEnd(stage, session);
        session.call(Method.TERMINATE, Requests.terminate("a", 1, 1));
        session.call(Method.KILL, Requests.kill("a", 1));
        session.connection().transcript().awaitEnd(Session.QUIET);
        expect(launch, "one exit", EventRules.oneExit(session.lines(), "a", 1));
    }

    private static void fields(Stage stage, String kind) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, talking(stage));
        session.accepted(launch);
        Line event = session.event(kind, "a", 1);
        expect(launch, "the event " + kind + " with all its fields", EventRules.wellFormed(event));
    }

    private static void pid(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, talking(stage));
        session.accepted(launch);
        Line started = session.event("started", "a", 1);
        if (started.message().orElseThrow().path("pid").asInt() <= 0) {
            throw new Unmet(launch.words(), "a pid in started, since hello said pid",
                    "there came " + started.excerpt());
        }
    }

    private static void alreadyLaunched(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.sleeper());
        session.event("started", "a", 1);
        session.expectRefusal(session.sendLaunch("a", 1, stage.script("exit 0")), "already_launched");
        session.expectRefusal(session.sendLaunch("a", 2, stage.script("exit 0")), "already_launched");
        session.expectNoExit("launched a second time", "a", 1);
        session.call(Method.KILL, Requests.kill("a", 1));
        session.exit("sent kill", "a", 1);
    }

    private static void nextGeneration(Stage stage) {
        Session session = stage.greeted();
        for (long generation : new long[]{1, 2, 7}) {
            Session.Sent launch = session.sendLaunch("a", generation, stage.script("exit 0"));
            session.accepted(launch);
            session.exit(launch.words(), "a", generation);
            expect(launch, "seq to count from 1", EventRules.sequence(session.lines(), "a", generation));
        }
    }

    private static void list(Stage stage) {
        Session session = stage.greeted();
        session.run("over", stage.script("exit 0"));
        String handle = session.launch("a", 3, stage.sleeper()).handle();
        session.event("started", "a", 3);
        Result.Processes listed = (Result.Processes) session.call(Method.LIST, Requests.none());
        boolean isRight = listed.procs().size() == 1 && listed.procs().getFirst().proc().equals("a")
                && listed.procs().getFirst().generation() == 3
                && listed.procs().getFirst().handle().equals(handle);
        if (!isRight) {
            throw new Unmet("sent list while only a, generation 3, ran, whose handle is " + Line.excerpt(handle),
                    "that one", "there came " + Line.excerpt(listed.procs().toString()));
        }
        session.call(Method.KILL, Requests.kill("a", 3));
        session.exit("sent kill", "a", 3);
        if (!((Result.Processes) session.call(Method.LIST, Requests.none())).procs().isEmpty()) {
            throw new Unmet("sent list when all was over", "nothing in it", "there was something");
        }
    }

    private static void pingBesideLaunch(Stage stage) {
        Session session = stage.greeted();
        String launch = Requests.line(1000, "launch", Requests.launch("a", 1, stage.sleeper()));
        String ping = Requests.line(1001, "ping", Requests.none());
        session.write(launch + "\n" + ping);
        // A ping counts as lost after half the time that a launch may take.
        session.await("sent launch and ping in one write", "the reply to ping", line -> line.isReplyTo(1001),
                stage.timeout().dividedBy(2));
    }

    private static void manyLaunches(Stage stage) {
        Session session = stage.greeted();
        Session.Sent[] sent = new Session.Sent[MANY];
        for (int i = 0; i < MANY; i++) {
            sent[i] = session.sendLaunch("p" + i, 1, stage.script("exit " + i));
        }
        for (int i = 0; i < MANY; i++) {
            session.accepted(sent[i]);
            int code = session.exit(sent[i].words(), "p" + i, 1).exitCode().orElse(-1);
            if (code != i) {
                throw new Unmet("launched 50 processes at once, one of them: exit " + i, "the exit code " + i,
                        "there came " + code);
            }
            expect(sent[i], "the reply, started, exit",
                    EventRules.order(session.lines(), sent[i].id(), "p" + i, 1));
        }
    }
}
