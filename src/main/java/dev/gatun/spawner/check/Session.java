package dev.gatun.spawner.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.process.LaunchOptions;
import dev.gatun.spawner.message.MalformedMessageException;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerCodec;
import dev.gatun.spawner.message.SpawnerMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One conversation: sends requests, waits for what comes, and fails with a sentence where it does not come. */
final class Session {

    /** How long something that must not come is waited for. */
    static final Duration QUIET = Duration.ofMillis(300);

    private static final SpawnerCodec CODEC = new SpawnerCodec();

    private final Connection connection;
    private final String cookie;
    private final Duration timeout;
    private long lastId;

    Session(Connection connection, String cookie, Duration timeout) {
        this.connection = connection;
        this.cookie = cookie;
        this.timeout = timeout;
    }

    /**
     * A request that was sent.
     *
     * @param words for messages: what was sent
     */
    record Sent(long id, String words) {}

    /** A reply that is an error. */
    record Refusal(String code, String message) {
        @Override
        public String toString() {
            return "there came the error " + code + ": " + Line.excerpt(message);
        }
    }

    Connection connection() {
        return connection;
    }

    Duration timeout() {
        return timeout;
    }

    List<Line> lines() {
        return connection.transcript().lines();
    }

    // What is sent.

    Sent send(String method, ObjectNode params) {
        lastId++;
        write(Requests.line(lastId, method, params));
        return new Sent(lastId, "sent " + Requests.brief(method, params));
    }

    void write(String line) {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) {
        connection.write(bytes);
    }

    // What comes.

    /** The first line that fits. */
    Line await(String done, String expected, Predicate<Line> fits) {
        return await(done, expected, fits, timeout);
    }

    Line await(String done, String expected, Predicate<Line> fits, Duration limit) {
        return find(fits, limit).orElseThrow(() -> new Unmet(done, expected, whatCame(limit)));
    }

    /** Of so many lines that fit the last. */
    Line await(String done, String expected, Predicate<Line> fits, int count) {
        return connection.transcript()
                .await(lines -> lines.stream().filter(fits).skip(count - 1L).findFirst(), timeout)
                .orElseThrow(() -> new Unmet(done, expected, whatCame(timeout)));
    }

    private Optional<Line> find(Predicate<Line> fits, Duration limit) {
        return connection.transcript().await(lines -> lines.stream().filter(fits).findFirst(), limit);
    }

    String whatCame(Duration limit) {
        List<Line> lines = lines();
        String last =
                lines.isEmpty() ? "" : "; the last line was " + lines.getLast().excerpt().replace(cookie, "COOKIE");
        return (connection.transcript().isEnded()
                ? "the connection was closed"
                : "it did not come within " + seconds(limit)) + last;
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Fails if a line comes that does not belong. */
    void expectNo(String done, String unwanted, Predicate<Line> fits) {
        expectNo(done, unwanted, fits, QUIET);
    }

    void expectNo(String done, String unwanted, Predicate<Line> fits, Duration limit) {
        find(fits, limit).ifPresent(line -> {
            throw new Unmet(done, "no " + unwanted, "there came " + line.excerpt());
        });
    }

    Line reply(Sent sent) {
        return await(sent.words(), "a reply", line -> line.isReplyTo(sent.id()));
    }

    Optional<Refusal> refusal(Sent sent) {
        JsonNode error = reply(sent).message().orElseThrow().path("error");
        return error.isObject()
                ? Optional.of(new Refusal(error.path("code").asText(), error.path("message").asText()))
                : Optional.empty();
    }

    /** Its result, read as strictly as Gatun does. */
    Result result(Sent sent, Method method) {
        Line reply = reply(sent);
        String expected = "a result of " + method.wireName();
        try {
            return switch (CODEC.decode(reply.bytes(), _ -> Optional.of(method))) {
                case SpawnerMessage.Reply(long _, Result.Malformed malformed) ->
                    throw new Unmet(sent.words(), expected, malformed.reason() + " in " + reply.excerpt());
                case SpawnerMessage.Reply(long _, Result result) -> result;
                case SpawnerMessage.ErrorReply(var _, var error) ->
                    throw new Unmet(sent.words(), expected, new Refusal(error.code(), error.message()).toString());
                case SpawnerMessage.Event _, SpawnerMessage.UnknownEvent _ -> throw new IllegalStateException();
            };
        } catch (MalformedMessageException malformed) {
            throw new Unmet(sent.words(), expected, malformed.getMessage() + " in " + reply.excerpt());
        }
    }

    Result call(Method method, ObjectNode params) {
        return result(send(method.wireName(), params), method);
    }

    /** An error with this code. */
    Refusal expectRefusal(Sent sent, String code) {
        Optional<Refusal> refusal = refusal(sent);
        if (refusal.isEmpty()) {
            throw new Unmet(sent.words(), "an error with the code " + code, "it was carried out");
        } else if (!refusal.get().code().equals(code)) {
            throw new Unmet(sent.words(), "an error with the code " + code, refusal.get().toString());
        }
        return refusal.get();
    }

    /** The error {@code invalid}, with the name of a field in its message. */
    void expectNamed(Sent sent, String field, String bent) {
        Sent words = new Sent(sent.id(), "sent " + sent.words().split(" ")[1] + " " + bent);
        Refusal refusal = expectRefusal(words, "invalid");
        if (!refusal.message().contains(field)) {
            throw new Unmet(words.words(), "an error whose message names " + field, refusal.toString());
        }
    }

    /** So many errors in all that belong to no request, and a spawner that answers afterwards. */
    void expectNamelessErrors(String done, int count) {
        await(done, count == 1 ? "an error whose id is null" : count + " errors whose id is null",
                Line::isNamelessError, count);
        expectAlive(done);
    }

    void expectAlive(String done) {
        Sent ping = send("ping", Requests.none());
        await(done, "an answer to the next ping", line -> line.isReplyTo(ping.id()));
    }

    Result.Hello hello() {
        return (Result.Hello) call(Method.HELLO, Requests.hello(cookie));
    }

    String cookie() {
        return cookie;
    }

    // Processes.

    Sent sendLaunch(String proc, long generation, LaunchOptions options) {
        return send("launch", Requests.launch(proc, generation, options));
    }

    /** Launches, and returns the handle. */
    Result.Launch launch(String proc, long generation, LaunchOptions options) {
        return accepted(sendLaunch(proc, generation, options));
    }

    Result.Launch accepted(Sent launch) {
        refusal(launch).filter(refusal -> refusal.code().equals("unsupported")).ifPresent(refusal -> {
            throw new NotApplicable("launch was answered with unsupported: " + Line.excerpt(refusal.message()));
        });
        return (Result.Launch) result(launch, Method.LAUNCH);
    }

    Line event(String kind, String proc, long generation) {
        return event(kind, proc, generation, timeout);
    }

    Line event(String kind, String proc, long generation, Duration limit) {
        return await("launched " + proc + ", generation " + generation, "the event " + kind,
                line -> line.isEvent(kind, proc, generation), limit);
    }

    SpawnerMessage.Exit exit(String done, String proc, long generation) {
        return exit(done, proc, generation, timeout);
    }

    SpawnerMessage.Exit exit(String done, String proc, long generation, Duration limit) {
        Line line = await(done, "its exit", each -> each.isEvent("exit", proc, generation), limit);
        EventRules.wellFormed(line).ifPresent(problem -> {
            throw new Unmet(done, "its exit", problem);
        });
        return (SpawnerMessage.Exit) CODEC.decode(line.bytes(), _ -> Optional.empty());
    }

    /** Launches a process that ends by itself, and waits for that. */
    SpawnerMessage.Exit run(String proc, LaunchOptions options) {
        Sent launch = sendLaunch(proc, 1, options);
        accepted(launch);
        return exit(launch.words(), proc, 1);
    }

    void expectNoExit(String done, String proc, long generation) {
        expectNoExit(done, proc, generation, QUIET);
    }

    void expectNoExit(String done, String proc, long generation, Duration limit) {
        expectNo(done, "exit of " + proc + ", generation " + generation,
                line -> line.isEvent("exit", proc, generation), limit);
    }
}
