package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.FAULTS;
import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.TRANSPORT;

import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage.Exit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Processes that are found again. */
final class RecoverChecks {

    private static final Duration AWAY = Duration.ofMillis(1500);

    static final List<Check> ALL = List.of(
            Check.of("recover", MESSAGES, "it finds a process that runs by its handle", RecoverChecks::running,
                    Need.RECOVER),
            Check.of("recover-unknown", MESSAGES, "it says of a process that never was that it is not known",
                    RecoverChecks::unknown, Need.RECOVER),
            Check.of("recover-exit", MESSAGES, "an exit that was told follows again when it is recovered",
                    RecoverChecks::toldExit, Need.RECOVER),
            Check.of("reconnect", TRANSPORT, "processes outlive a closed connection, and the next one finds them",
                    RecoverChecks::reconnect, Need.RECOVER).over(Transport.UNIX),
            Check.of("reconnect-exit", FAULTS, "an exit that nobody was there to hear follows when it is recovered",
                    RecoverChecks::unheardExit, Need.RECOVER).over(Transport.UNIX),
            Check.of("recover-restarted", FAULTS,
                    "started anew after a detach it finds the processes of its earlier run",
                    RecoverChecks::restarted, Need.RECOVER).over(Transport.STDIO));

    private RecoverChecks() {}

    private static Result recover(Session session, String handle) {
        return session.call(Method.RECOVER, Requests.recover("a", 1, handle));
    }

    private static void expectKnown(Session session, String handle, String done) {
        if (!(recover(session, handle) instanceof Result.Recovered)) {
            throw new Unmet(done + ", then sent recover", "known true", "there came known false");
        }
    }

    private static void running(Stage stage) {
        Session session = stage.greeted();
        String handle = session.launch("a", 1, stage.sleeper()).handle();
        int pid = session.event("started", "a", 1).message().orElseThrow().path("pid").asInt();
        if (!(recover(session, handle) instanceof Result.Recovered found)) {
            throw new Unmet("sent recover for a process that runs", "known true", "there came known false");
        }
        if (found.pid().orElse(0) != pid) {
            throw new Unmet("sent recover for a process that runs", "the pid that started told, " + pid,
                    "there came " + found.pid().orElse(0));
        }
    }

    private static void unknown(Stage stage) {
        Session session = stage.greeted();
        if (!(session.call(Method.RECOVER, Requests.recover("nobody", 1, "0:0")) instanceof Result.NotRecovered)) {
            throw new Unmet("sent recover for a process that never was", "known false", "there came known true");
        }
    }

    private static void toldExit(Stage stage) {
        Session session = stage.greeted();
        String handle = session.launch("a", 1, stage.script("exit 5")).handle();
        session.exit("launched exit 5", "a", 1);
        expectKnown(session, handle, "told an exit");
        Line again = session.await("sent recover for a process that is over", "its exit again",
                line -> line.isEvent("exit", "a", 1), 2);
        if (again.message().orElseThrow().path("exit_code").asInt(-1) != 5) {
            throw new Unmet("sent recover for a process that is over", "its exit again, with the code 5",
                    "there came " + again.excerpt());
        }
    }

    private static void reconnect(Stage stage) {
        Session before = stage.greeted();
        String handle = before.launch("a", 1, stage.sleeper()).handle();
        before.event("started", "a", 1);
        Session session = stage.reconnect();
        String done = "closed the connection and connected again";
        Result.Processes listed = (Result.Processes) session.call(Method.LIST, Requests.none());
        if (listed.procs().stream().noneMatch(each -> each.proc().equals("a") && each.generation() == 1)) {
            throw new Unmet(done + ", then sent list", "the process that ran before", "it was not among them");
        }
        expectKnown(session, handle, done);
        session.expectNoExit(done, "a", 1);
        session.call(Method.KILL, Requests.kill("a", 1));
        session.exit(done + ", then sent kill", "a", 1);
    }

    private static void unheardExit(Stage stage) {
        Session before = stage.greeted();
        String handle = before.launch("a", 1, stage.script("sleep 0.5; exit 5")).handle();
        before.event("started", "a", 1);
        before.connection().close();
        LockSupport.parkNanos(AWAY.toNanos());
        Session session = stage.reconnect();
        String done = "closed the connection, and a process exited with 5";
        expectKnown(session, handle, done);
        Exit exit = session.exit(done + ", then connected again and sent recover", "a", 1);
        if (exit.exitCode().orElse(-1) != 5) {
            throw new Unmet(done, "the exit code 5", "it " + ExitChecks.words(exit));
        }
    }

    private static void restarted(Stage stage) {
        Session before = stage.greeted();
        String handle = before.launch("a", 1, stage.sleeper()).handle();
        before.event("started", "a", 1);
        before.call(Method.SHUTDOWN, Requests.shutdown(Call.Mode.DETACH));
        stage.program().awaitEnd(stage.timeout());
        Session session = stage.greeted();
        String done = "sent shutdown with detach and started it anew";
        expectKnown(session, handle, done);
        session.call(Method.KILL, Requests.kill("a", 1));
        session.exit(done + ", then sent kill", "a", 1);
    }
}
