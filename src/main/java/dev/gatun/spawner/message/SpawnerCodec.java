package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Gatun's side of the protocol {@code spawner/1}: writes requests as lines and reads lines as what a spawner says
 * ({@code docs/spawner-protocol.md}). Strict: what is not exactly a message is refused. Thread-safe.
 */
public final class SpawnerCodec {

    /** What a line has at most, its end counted. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    /** Enough for every message, and for details that nobody reads. */
    private static final int MAX_DEPTH = 64;

    /** A number of 64 bits has 20 digits, a double 24 characters; whoever sends more wants to keep us busy. */
    private static final int MAX_NUMBER_CHARS = 100;

    private static final int MAX_PROBLEM_CHARS = 200;

    private static final String UNDECODABLE = "failed to decode exit result: launcher error: ";

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxStringLength(MAX_LINE_BYTES)
                    .maxNameLength(MAX_LINE_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final RecordReader reader = new RecordReader();
    private final RecordWriter writer = new RecordWriter();

    /** What is common to all events. */
    record Origin(String proc, long generation, long seq) {}

    /**
     * Writes a request.
     *
     * @return a line with its end
     * @throws MalformedMessageException where it would be longer than {@link #MAX_LINE_BYTES}, or a text has no UTF-8
     */
    public byte[] encode(Request request) {
        requireNonNull(request);
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator json = mapper.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("id", request.id());
            json.writeStringField("method", request.call().method().wireName());
            json.writeFieldName("params");
            writer.write(json, (Record) request.call());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        line.write('\n');
        if (line.size() > MAX_LINE_BYTES) {
            throw new MalformedMessageException(
                    "the request has " + line.size() + " bytes; a line has at most " + MAX_LINE_BYTES);
        }
        return line.toByteArray();
    }

    /**
     * Reads a line.
     *
     * @param line without its end
     * @param methods what was asked for under a number; empty where nothing was. The result of what nobody has asked for
     *     is {@link Result.Malformed}, and so is one that lacks a field: the request has its answer all the same
     * @throws MalformedMessageException for whatever is no message
     */
    public SpawnerMessage decode(byte[] line, LongFunction<Optional<Method>> methods) {
        requireNonNull(methods);
        JsonNode root = parse(line);
        if (!root.isObject()) {
            throw new MalformedMessageException("a message is an object");
        }
        if (root.has("event")) {
            return event(root);
        } else if (root.has("id")) {
            return reply(root, methods);
        }
        throw new MalformedMessageException("neither a reply, which has an id, nor an event");
    }

    private JsonNode parse(byte[] line) {
        if (line.length > MAX_LINE_BYTES) {
            throw new MalformedMessageException("a line has at most " + MAX_LINE_BYTES + " bytes");
        }
        try {
            return mapper.readTree(UnicodeText.decode(line, 0, line.length));
        } catch (JacksonException malformed) {
            throw new MalformedMessageException("not JSON: " + firstLine(malformed.getOriginalMessage()));
        }
    }

    private static String firstLine(String problem) {
        String line = problem.lines().findFirst().orElse("");
        return line.length() > MAX_PROBLEM_CHARS ? line.substring(0, MAX_PROBLEM_CHARS) : line;
    }

    private SpawnerMessage event(JsonNode root) {
        JsonNode name = root.get("event");
        if (!name.isTextual()) {
            throw new MalformedMessageException("field event: expected a text");
        }
        return switch (name.textValue()) {
            case "started" -> reader.read(root, SpawnerMessage.Started.class);
            case "log" -> reader.read(root, SpawnerMessage.Log.class);
            case "exit" -> exit(root);
            default -> new SpawnerMessage.UnknownEvent(name.textValue());
        };
    }

    /** All five fields are looked for before the first is read, as whoever reads attributes of an object does. */
    private SpawnerMessage.Event exit(JsonNode root) {
        Origin origin = reader.read(root, Origin.class);
        var fields = Shape.ofRecord(SpawnerMessage.Exit.class).fields().stream()
                .skip(Origin.class.getRecordComponents().length)
                .toList();
        for (Shape.Field field : fields) {
            if (!root.has(field.name())) {
                return malformed(origin,
                        "ProcExitResult must be a ProcExitResult dataclass; missing attribute " + field.name());
            }
        }
        for (Shape.Field field : fields) {
            try {
                reader.field(root, field);
            } catch (MalformedMessageException wrong) {
                return malformed(origin, "extract " + field.name() + ": " + wrong.getMessage());
            }
        }
        return reader.read(root, SpawnerMessage.Exit.class);
    }

    private static SpawnerMessage.MalformedExit malformed(Origin origin, String problem) {
        return new SpawnerMessage.MalformedExit(
                origin.proc(), origin.generation(), origin.seq(), UNDECODABLE + problem);
    }

    private SpawnerMessage reply(JsonNode root, LongFunction<Optional<Method>> methods) {
        JsonNode number = root.get("id");
        if (!number.isNull() && !(number.isIntegralNumber() && number.canConvertToLong())) {
            throw new MalformedMessageException("field id: expected a whole number of 64 bits or null");
        }
        OptionalLong id = number.isNull() ? OptionalLong.empty() : OptionalLong.of(number.longValue());
        try {
            return answer(root, id, methods);
        } catch (MalformedMessageException problem) {
            if (id.isEmpty()) {
                throw problem;
            }
            return new SpawnerMessage.Reply(id.getAsLong(), new Result.Malformed(problem.getMessage()));
        }
    }

    private SpawnerMessage answer(JsonNode root, OptionalLong id, LongFunction<Optional<Method>> methods) {
        if (root.has("result") == root.has("error")) {
            throw new MalformedMessageException("a reply has either a result or an error");
        }
        if (root.has("error")) {
            JsonNode error = root.get("error");
            return new SpawnerMessage.ErrorReply(id, reader.read(error, SpawnerError.class));
        }
        if (id.isEmpty()) {
            throw new MalformedMessageException("a reply with a result has the id of its request");
        }
        Optional<Method> method = methods.apply(id.getAsLong());
        return new SpawnerMessage.Reply(id.getAsLong(), method.isPresent()
                ? result(root.get("result"), method.get())
                : new Result.Malformed("nobody has asked for it"));
    }

    private Result result(JsonNode node, Method method) {
        return switch (method) {
            case HELLO -> reader.read(node, Result.Hello.class);
            case LAUNCH -> reader.read(node, Result.Launch.class);
            case LIST -> reader.read(node, Result.Processes.class);
            case RECOVER -> node.path("known").isBoolean() && !node.get("known").booleanValue()
                    ? reader.read(node, Result.NotRecovered.class)
                    : reader.read(node, Result.Recovered.class);
            case TERMINATE, KILL, PING, SHUTDOWN -> reader.read(node, Result.Done.class);
        };
    }
}
