package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.TRANSPORT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.SpawnerCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Lines as they should not be, and as they may be. */
final class LineChecks {

    private static final Duration HALVES_APART = Duration.ofMillis(200);
    private static final int MANY = 100;

    static final List<Check> ALL = List.of(
            Check.of("junk-line", TRANSPORT, "it answers text that is no JSON with an error whose id is null",
                    stage -> nameless(stage, "hello there", "{", "{\"id\":1,\"method\":\"ping\"} junk")),
            Check.of("empty-line", TRANSPORT, "it answers an empty line with an error whose id is null",
                    stage -> nameless(stage, "")),
            Check.of("array-line", TRANSPORT, "it answers a JSON array with an error whose id is null",
                    stage -> nameless(stage, "[]", "[{\"id\":1,\"method\":\"ping\",\"params\":{}}]")),
            Check.of("scalar-line", TRANSPORT,
                    "it answers a number, a text, null and true with errors whose id is null",
                    stage -> nameless(stage, "7", "\"ping\"", "null", "true")),
            Check.of("deep-line", TRANSPORT, "it survives 100,000 nested arrays",
                    stage -> nameless(stage, "[".repeat(100_000), "[".repeat(100_000) + "]".repeat(100_000))),
            Check.of("invalid-utf-8", TRANSPORT, "it answers bytes that are no UTF-8 with an error whose id is null",
                    LineChecks::invalidUtf8),
            Check.of("oversize-line", TRANSPORT, "it skips a line of 2 MiB and reads the next one",
                    LineChecks::oversize),
            Check.of("longest-line", TRANSPORT, "it reads a line of 1 MiB with its end", LineChecks::longest),
            Check.of("halves", TRANSPORT, "it puts a line together that comes in parts", LineChecks::halves),
            Check.of("several-lines", TRANSPORT, "it answers each of 100 requests that come at once",
                    LineChecks::several),
            Check.of("request-ids", MESSAGES, "it takes numbers of 64 bits for ids and gives them back",
                    LineChecks::ids),
            Check.of("wrong-ids", MESSAGES, "it answers requests whose id is no whole number with errors",
                    LineChecks::wrongIds),
            Check.of("unknown-method", MESSAGES, "it answers an unknown method with unknown_method",
                    LineChecks::unknownMethod),
            Check.of("unknown-fields", MESSAGES, "it ignores fields that it does not know", LineChecks::unknownFields));

    private LineChecks() {}

    private static void nameless(Stage stage, String... lines) {
        Session session = stage.greeted();
        for (int i = 0; i < lines.length; i++) {
            session.write(lines[i]);
            session.expectNamelessErrors("sent the line " + (lines[i].isEmpty() ? "with nothing in it"
                    : Line.excerpt(lines[i])), i + 1);
        }
    }

    private static void invalidUtf8(Stage stage) {
        Session session = stage.greeted();
        session.write("{\"id\":7,\"method\":\"p\u00efng\",\"params\":{}}\n".getBytes(StandardCharsets.ISO_8859_1));
        session.expectNamelessErrors("sent a line with the byte EF, which is no UTF-8", 1);
    }

    private static void oversize(Stage stage) {
        Session session = stage.greeted();
        session.write(padded(1000, (2 << 20) - 1));
        session.expectNamelessErrors("sent a line of 2 MiB", 1);
        session.expectNo("sent a ping in a line of 2 MiB", "reply to it", line -> line.isReplyTo(1000));
    }

    private static void longest(Stage stage) {
        Session session = stage.greeted();
        session.write(padded(1000, SpawnerCodec.MAX_LINE_BYTES - 1));
        session.await("sent a ping in a line of 1,048,576 bytes with its end", "a result", line -> line.isReplyTo(1000)
                && line.message().orElseThrow().has("result"));
    }

    /** A ping of so many bytes, without the end of its line. */
    private static String padded(long id, int bytes) {
        String start = "{\"id\":" + id + ",\"method\":\"ping\",\"params\":{\"padding\":\"";
        return start + "x".repeat(bytes - start.length() - 3) + "\"}}";
    }

    private static void halves(Stage stage) {
        Session session = stage.greeted();
        ObjectNode params = Requests.none().put("padding", "ää€𝄞");
        byte[] line = (Requests.line(1000, "ping", params) + "\n").getBytes(StandardCharsets.UTF_8);
        // The first part ends within a character.
        int cut = new String(line, StandardCharsets.ISO_8859_1).indexOf(0xC3) + 1;
        session.write(Arrays.copyOf(line, cut));
        session.connection().transcript().awaitEnd(HALVES_APART);
        session.expectNo("sent half a line", "reply", each -> each.isReplyTo(1000) || each.isNamelessError());
        session.write(Arrays.copyOfRange(line, cut, line.length));
        session.await("sent a ping in two parts", "a result", each -> each.isReplyTo(1000)
                && each.message().orElseThrow().has("result"));
    }

    private static void several(Stage stage) {
        Session session = stage.greeted();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < MANY; i++) {
            lines.writeBytes(
                    (Requests.line(1000 + i, "ping", Requests.none()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        session.write(lines.toByteArray());
        for (int i = 0; i < MANY; i++) {
            long id = 1000 + i;
            session.await("sent 100 pings at once", "a reply to each", line -> line.isReplyTo(id));
        }
    }

    private static void ids(Stage stage) {
        Session session = stage.greeted();
        for (long id : new long[]{0, 4_294_967_296L, 9_007_199_254_740_993L, Long.MAX_VALUE}) {
            session.write(Requests.line(id, "ping", Requests.none()));
            session.await("sent a ping with the id " + id, "a reply with that id", line -> line.isReplyTo(id));
        }
    }

    private static void wrongIds(Stage stage) {
        Session session = stage.greeted();
        String[] ids = {"\"id\":\"7\",", "\"id\":null,", "", "\"id\":[7],", "\"id\":{},"};
        for (int i = 0; i < ids.length; i++) {
            String line = "{" + ids[i] + "\"method\":\"ping\",\"params\":{}}";
            session.write(line);
            session.await("sent " + line, "an error", each -> each.message().isPresent()
                    && each.message().get().path("error").isObject(), i + 1);
            session.expectAlive("sent " + line);
        }
    }

    private static void unknownMethod(Stage stage) {
        Session session = stage.greeted();
        session.expectRefusal(session.send("reticulate", Requests.none()), "unknown_method");
        session.expectAlive("sent an unknown method");
    }

    private static void unknownFields(Stage stage) {
        Session session = stage.greeted();
        session.write("{\"id\":1000,\"method\":\"ping\",\"params\":{\"new\":1},\"trace\":{\"a\":[]},\"event\":null}");
        session.await("sent a ping with unknown fields", "a result", line -> line.isReplyTo(1000)
                && line.message().orElseThrow().has("result"));
        ObjectNode launch = Requests.launch("a", 1, stage.script("exit 0"));
        launch.put("priority", "high");
        ((ObjectNode) launch.get("options")).put("color", "red").putObject("more").put("x", 1);
        Session.Sent sent = session.send(Method.LAUNCH.wireName(), launch);
        session.accepted(sent);
        session.exit(sent.words(), "a", 1);
    }
}
