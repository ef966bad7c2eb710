package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.MESSAGES;

import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage.Exit;
import java.util.List;
import java.util.OptionalInt;

/** {@code terminate} and {@code kill}: whom they reach and whom they do not. */
final class StopChecks {

    private static final int LONG_SECS = 30;

    static final List<Check> ALL = List.of(
            Check.of("terminate", MESSAGES, "terminate lets a process end by itself", StopChecks::terminate),
            Check.of("terminate-waits", MESSAGES, "terminate does not kill before its timeout, and kill then does",
                    StopChecks::terminateWaits),
            Check.of("kill", MESSAGES, "kill ends a process that ignores SIGTERM", StopChecks::kill),
            Check.of("stop-unknown", MESSAGES, "stops of a process that is not there have empty results",
                    StopChecks::unknown),
            Check.of("stop-earlier-generation", MESSAGES, "stops of an earlier generation do not reach the present one",
                    StopChecks::earlierGeneration),
            Check.of("tree-kill", MESSAGES, "kill reaches a descendant in a session of its own", StopChecks::tree,
                    Need.TREE_KILL));

    private StopChecks() {}

    private static void terminate(Stage stage) {
        Session session = stage.start();
        stage.launchTrapping(session, session.hello(), "exit 7");
        session.call(Method.TERMINATE, Requests.terminate("a", 1, LONG_SECS));
        Exit exit = session.exit("sent terminate to a process that then exits with 7", "a", 1);
        if (exit.exitCode().orElse(-1) != 7) {
            throw new Unmet("sent terminate to a process that then exits with 7", "the exit code 7",
                    "it " + ExitChecks.words(exit));
        }
    }

    private static void terminateWaits(Stage stage) {
        Session session = stage.start();
        stage.launchTrapping(session, session.hello(), "");
        session.call(Method.TERMINATE, Requests.terminate("a", 1, LONG_SECS));
        session.expectNoExit("sent terminate with 30 s to a process that ignores SIGTERM", "a", 1);
        session.call(Method.KILL, Requests.kill("a", 1));
        session.exit("sent kill to a process that did not end by terminate", "a", 1);
    }

    private static void kill(Stage stage) {
        Session session = stage.start();
        Result.Hello hello = session.hello();
        stage.launchTrapping(session, hello, "");
        session.call(Method.KILL, Requests.kill("a", 1));
        Exit exit = session.exit("sent kill to a process that ignores SIGTERM", "a", 1);
        if (hello.capabilities().signal() && !exit.signal().equals(OptionalInt.of(9))) {
            throw new Unmet("sent kill to a process that ignores SIGTERM", "an exit by the signal 9",
                    "it " + ExitChecks.words(exit));
        }
    }

    private static void unknown(Stage stage) {
        Session session = stage.greeted();
        session.call(Method.TERMINATE, Requests.terminate("nobody", 1, 1));
        session.call(Method.KILL, Requests.kill("nobody", 1));
    }

    private static void earlierGeneration(Stage stage) {
        Session session = stage.greeted();
        session.run("a", stage.script("exit 0"));
        session.launch("a", 2, stage.sleeper());
        session.event("started", "a", 2);
        session.call(Method.TERMINATE, Requests.terminate("a", 1, 0));
        session.call(Method.KILL, Requests.kill("a", 1));
        session.expectNoExit("sent terminate and kill for generation 1", "a", 2);
        session.call(Method.KILL, Requests.kill("a", 2));
        session.exit("sent kill for generation 2", "a", 2);
    }

    private static void tree(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.shell("setsid sleep 30 & echo $! >&2; wait").tailLines(1).build());
        session.event("started", "a", 1);
        session.connection().transcript().awaitEnd(Session.QUIET);
        session.call(Method.KILL, Requests.kill("a", 1));
        List<String> tail = session.exit("sent kill", "a", 1).stderrTail();
        if (tail.isEmpty() || !tail.getLast().matches("[0-9]+")) {
            throw new NotApplicable("the exit did not carry the pid of the descendant");
        }
        String state = "case \"$(cut -d ')' -f 2 /proc/" + tail.getLast() + "/stat 2>/dev/null)\" in";
        // The end of a process takes a moment; each look takes a launch.
        for (int look = 1; look <= 5; look++) {
            Exit gone = session.run("look" + look, stage.script(state + " ''|' Z'*) exit 0;; esac; sleep 0.2; exit 1"));
            if (gone.exitCode().orElse(-1) == 0) {
                return;
            }
        }
        throw new Unmet("sent kill to a process with a descendant in a session of its own", "the end of both",
                "the descendant went on");
    }
}
