package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.FAULTS;
import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.TRANSPORT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage;
import java.util.List;

/** The start of a conversation. */
final class HelloChecks {

    static final List<Check> ALL = List.of(
            Check.of("socket-announced", TRANSPORT,
                    "it listens at SPAWNER_SOCKET, and then prints where as its only line", HelloChecks::announced)
                    .over(Transport.UNIX),
            Check.of("hello-answered", FAULTS, "it answers hello in time", HelloChecks::answered),
            Check.of("hello-fields", MESSAGES, "the result of hello has all fields and all capabilities",
                    Stage::greeted),
            Check.of("hello-protocols", MESSAGES, "its protocols have 1 among them", HelloChecks::protocols),
            Check.of("hello-cookie", MESSAGES, "it says SPAWNER_COOKIE, and does not echo another cookie",
                    HelloChecks::cookie),
            Check.of("hello-first", MESSAGES, "it launches nothing before hello", HelloChecks::first),
            Check.of("hello-again", MESSAGES, "it answers a second hello and goes on", HelloChecks::again));

    private HelloChecks() {}

    private static void announced(Stage stage) {
        Session session = stage.greeted();
        Session output = new Session(stage.program().streams(), "", stage.timeout());
        output.expectNo("started with SPAWNER_SOCKET", "second line on standard output",
                line -> !output.lines().isEmpty() && line != output.lines().getFirst());
        session.expectAlive("connected to SPAWNER_SOCKET");
    }

    private static void answered(Stage stage) {
        Session session = stage.start();
        session.reply(session.send("hello", Requests.hello(session.cookie())));
    }

    private static void protocols(Stage stage) {
        Result.Hello hello = stage.greeted().hello();
        if (!hello.protocols().contains(1)) {
            throw new Unmet("sent hello", "protocols with 1 in it", "there came " + hello.protocols());
        }
    }

    private static void cookie(Stage stage) {
        Session session = stage.start();
        Session.Sent strange = session.send("hello", Requests.hello("strange"));
        JsonNode reply = session.reply(strange).message().orElseThrow();
        if (reply.path("result").path("cookie").asText().equals("strange")) {
            throw new Unmet("sent hello with another cookie than SPAWNER_COOKIE",
                    "an error, or a result with SPAWNER_COOKIE", "its cookie came back");
        }
        Session ours = stage.start();
        if (!ours.hello().cookie().equals(ours.cookie())) {
            throw new Unmet("sent hello", "a result with SPAWNER_COOKIE", "there came another cookie");
        }
    }

    private static void first(Stage stage) {
        Session session = stage.start();
        Session.Sent launch = session.sendLaunch("a", 1, stage.script("exit 0"));
        if (session.refusal(launch).isEmpty()) {
            throw new Unmet("sent launch before hello", "an error", "it was carried out");
        }
        session.hello();
        session.expectNo("sent launch before hello", "event of that process", line -> line.isEventOf("a", 1));
    }

    private static void again(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.sleeper());
        session.reply(session.send("hello", Requests.hello(session.cookie())));
        session.call(Method.KILL, Requests.kill("a", 1));
        SpawnerMessage.Exit _ = session.exit("sent a second hello, then kill", "a", 1);
    }
}
