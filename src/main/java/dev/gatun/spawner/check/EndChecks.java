package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.TRANSPORT;

import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Method;
import java.util.List;

/** The end of a spawner, and what becomes of its processes. */
final class EndChecks {

    static final List<Check> ALL = List.of(
            Check.of("shutdown-stop", MESSAGES, "shutdown with stop ends all processes, tells so, and it ends",
                    EndChecks::stop),
            Check.of("shutdown-stop-stubborn", MESSAGES, "shutdown with stop ends a process that ignores SIGTERM",
                    EndChecks::stopStubborn),
            Check.of("shutdown-detach", MESSAGES, "shutdown with detach leaves its processes",
                    EndChecks::detach, Need.PID),
            Check.of("input-end", TRANSPORT, "the end of standard input is a shutdown with stop", EndChecks::inputEnd)
                    .over(Transport.STDIO));

    private EndChecks() {}

    private static void expectEnd(Stage stage, String done) {
        if (!stage.program().awaitEnd(stage.timeout())) {
            throw new Unmet(done, "the end of the spawner", "it still ran after " + Session.seconds(stage.timeout()));
        }
    }

    private static void stop(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.sleeper());
        session.launch("b", 1, stage.sleeper());
        session.event("started", "a", 1);
        session.event("started", "b", 1);
        String done = "sent shutdown with stop while two processes ran";
        session.call(Method.SHUTDOWN, Requests.shutdown(Call.Mode.STOP));
        session.exit(done, "a", 1);
        session.exit(done, "b", 1);
        expectEnd(stage, done);
    }

    private static void stopStubborn(Stage stage) {
        Session session = stage.start();
        stage.launchTrapping(session, session.hello(), "");
        Session.Sent sent = session.send("shutdown", Requests.shutdown(Call.Mode.STOP));
        String done = sent.words() + " while a process ran that ignores SIGTERM";
        session.exit(done, "a", 1, stage.timeout().multipliedBy(3));
        session.result(sent, Method.SHUTDOWN);
        expectEnd(stage, done);
    }

    private static void detach(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.sleeper());
        int pid = session.event("started", "a", 1).message().orElseThrow().path("pid").asInt();
        if (!stage.isRunning(pid)) {
            throw new NotApplicable("its processes are not on this machine");
        }
        try {
            session.call(Method.SHUTDOWN, Requests.shutdown(Call.Mode.DETACH));
            session.connection().closeOutput();
            if (stage.transport() == Transport.STDIO) {
                expectEnd(stage, "sent shutdown with detach");
            }
            session.connection().transcript().awaitEnd(Session.QUIET);
            if (!stage.isRunning(pid)) {
                throw new Unmet("sent shutdown with detach while a process ran", "that process to stay", "it was gone");
            }
        } finally {
            stage.kill(pid);
        }
    }

    private static void inputEnd(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.sleeper());
        session.event("started", "a", 1);
        session.connection().closeOutput();
        String done = "closed standard input while a process ran";
        session.exit(done, "a", 1);
        expectEnd(stage, done);
    }
}
