package dev.gatun.spawner.check;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.spawner.message.SpawnerCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What came in one line.
 *
 * @param bytes without its end
 * @param message empty where it is not an object
 */
record Line(byte[] bytes, Optional<ObjectNode> message) {

    private static final int EXCERPT_CHARS = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static Line of(byte[] bytes) {
        return new Line(bytes, parse(bytes));
    }

    static Line of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ObjectNode> parse(byte[] bytes) {
        if (bytes.length >= SpawnerCodec.MAX_LINE_BYTES) {
            return Optional.empty();
        }
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Whether it is neither a reply nor an event. */
    boolean isStray() {
        return message.isEmpty() || !message.get().has("event") && !message.get().has("id");
    }

    boolean isReplyTo(long id) {
        return message.isPresent() && !message.get().has("event")
                && message.get().path("id").isIntegralNumber()
                && message.get().get("id").bigIntegerValue().equals(BigInteger.valueOf(id));
    }

    /** Whether it is an error that belongs to no request. */
    boolean isNamelessError() {
        return message.isPresent() && !message.get().has("event")
                && message.get().path("id").isNull() && message.get().path("error").isObject();
    }

    boolean isEventOf(String proc, long generation) {
        return message.isPresent() && message.get().path("event").isTextual()
                && message.get().path("proc").asText().equals(proc)
                && message.get().path("generation").asLong() == generation;
    }

    boolean isEvent(String kind, String proc, long generation) {
        return isEventOf(proc, generation) && message.get().get("event").asText().equals(kind);
    }

    String field(String name) {
        return message.map(object -> object.path(name)).map(JsonNode::asText).orElse("");
    }

    /** For messages: its beginning. */
    String excerpt() {
        return excerpt(new String(bytes, StandardCharsets.UTF_8));
    }

    static String excerpt(String text) {
        String shown = text.length() > EXCERPT_CHARS ? text.substring(0, EXCERPT_CHARS) + "…" : text;
        // What a spawner writes shall not steer the terminal of whoever reads the report.
        return shown.replaceAll("\\p{Cntrl}", "�");
    }
}
