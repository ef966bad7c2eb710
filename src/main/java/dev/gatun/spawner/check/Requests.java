package dev.gatun.spawner.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.process.LaunchOptions;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Request;
import dev.gatun.spawner.message.SpawnerCodec;
import dev.gatun.spawner.message.WireOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Set;

/** Parameters of requests as trees, which a check may bend; unbent they are what Gatun itself sends. */
final class Requests {

    private static final SpawnerCodec CODEC = new SpawnerCodec();
    private static final JsonMapper MAPPER = new JsonMapper();

    private Requests() {}

    static ObjectNode none() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode hello(String cookie) {
        return params(new Call.Hello(1, new Call.Peer("gatun spawner check", "1"), cookie));
    }

    static ObjectNode launch(String proc, long generation, LaunchOptions options) {
        return params(new Call.Launch(proc, generation, WireOptions.of(options)));
    }

    static ObjectNode terminate(String proc, long generation, double timeoutSecs) {
        return params(new Call.Terminate(proc, generation, timeoutSecs));
    }

    static ObjectNode kill(String proc, long generation) {
        return params(new Call.Kill(proc, generation));
    }

    static ObjectNode recover(String proc, long generation, String handle) {
        return params(new Call.Recover(proc, generation, handle));
    }

    static ObjectNode shutdown(Call.Mode mode) {
        return params(new Call.Shutdown(mode));
    }

    private static ObjectNode params(Call call) {
        try {
            return (ObjectNode) MAPPER.readTree(CODEC.encode(new Request(1, call))).get("params");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The line of a request, without its end. */
    static String line(long id, String method, JsonNode params) {
        ObjectNode request = none();
        request.put("id", id).put("method", method).set("params", params);
        return request.toString();
    }

    /** For messages: a request without all that is null, empty or off. */
    static String brief(String method, ObjectNode params) {
        ObjectNode shown = params.deepCopy();
        prune(shown);
        return method + " " + Line.excerpt(shown.toString());
    }

    private static void prune(ObjectNode object) {
        object.remove(Set.of("launcher", "cookie"));
        for (Iterator<JsonNode> fields = object.iterator(); fields.hasNext();) {
            JsonNode field = fields.next();
            if (field instanceof ObjectNode inner) {
                prune(inner);
            }
            boolean isOff = field.isNull() || field.isContainerNode() && field.isEmpty()
                    || field.isBoolean() && !field.booleanValue();
            if (isOff) {
                fields.remove();
            }
        }
    }
}
