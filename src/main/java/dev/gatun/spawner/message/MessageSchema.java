package dev.gatun.spawner.message;

import dev.gatun.config.JsonTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The messages of {@code spawner/1} as a JSON Schema (draft 2020-12), made of the records that the codec reads and writes. */
public final class MessageSchema {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private MessageSchema() {}

    /** As JSON with a line break at its end. */
    public static String text() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        List<Object> lines = new ArrayList<>();
        for (Class<?> call : Call.class.getPermittedSubclasses()) {
            add(definitions, lines, request(call));
        }
        for (Class<?> result : Result.class.getPermittedSubclasses()) {
            if (result != Result.Malformed.class) {
                add(definitions, lines, reply(result));
            }
        }
        add(definitions, lines, errorReply());
        for (Class<?> event : List.of(
                SpawnerMessage.Started.class, SpawnerMessage.Log.class, SpawnerMessage.Exit.class)) {
            add(definitions, lines, event(event));
        }
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", DIALECT);
        root.put("title", "A line of the protocol spawner/1");
        root.put("anyOf", lines);
        root.put("$defs", definitions);
        return JsonTree.write(root);
    }

    private record Definition(String name, Map<String, Object> schema) {}

    private static void add(Map<String, Object> definitions, List<Object> lines, Definition definition) {
        definitions.put(definition.name(), definition.schema());
        lines.add(Map.of("$ref", "#/$defs/" + definition.name()));
    }

    private static Definition request(Class<?> call) {
        String method = call == Call.Processes.class ? "list" : nameOf(call);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", described(schema(new Shape.Whole()), "By which the reply is known"));
        properties.put("method", Map.of("const", method));
        properties.put("params", schema(Shape.ofRecord(call)));
        return new Definition("request_" + method, message(call, properties));
    }

    private static Definition reply(Class<?> result) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", described(schema(new Shape.Whole()), "That of the request"));
        properties.put("result", schema(Shape.ofRecord(result)));
        String name = result == Result.Processes.class ? "list" : nameOf(result);
        return new Definition("reply_" + name, message(result, properties));
    }

    private static Definition errorReply() {
        Map<String, Object> error = schema(Shape.ofRecord(SpawnerError.class));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", described(Map.of("type", List.of("integer", "null")),
                "That of the request; null where the line could not be read"));
        properties.put("error", described(error, "Why the request was not carried out"));
        return new Definition("reply_error", object(properties));
    }

    private static Definition event(Class<?> event) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("event", Map.of("const", nameOf(event)));
        properties.putAll(properties(Shape.ofRecord(event)));
        return new Definition("event_" + nameOf(event), message(event, properties));
    }

    private static String nameOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> message(Class<?> type, Map<String, Object> properties) {
        return described(object(properties), type.getAnnotation(Description.class).value());
    }

    /** All fields are required, and others allowed: they are ignored. */
    private static Map<String, Object> object(Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!properties.isEmpty()) {
            schema.put("required", List.copyOf(properties.keySet()));
            schema.put("properties", properties);
        }
        return schema;
    }

    private static Map<String, Object> properties(Shape.Structure structure) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Shape.Field field : structure.fields()) {
            properties.put(field.name(), described(schema(field.shape()), field.description()));
        }
        return properties;
    }

    private static Map<String, Object> described(Map<String, Object> schema, String description) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", description);
        described.putAll(schema);
        return described;
    }

    private static Map<String, Object> schema(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> typed("string");
            case Shape.Flag _ -> typed("boolean");
            case Shape.Int _ -> {
                Map<String, Object> schema = typed("integer");
                schema.put("minimum", Integer.MIN_VALUE);
                schema.put("maximum", Integer.MAX_VALUE);
                yield schema;
            }
            case Shape.Whole _ -> typed("integer");
            case Shape.Decimal _ -> typed("number");
            case Shape.Time _ -> {
                Map<String, Object> schema = typed("string");
                schema.put("format", "date-time");
                yield schema;
            }
            case Shape.Choice choice -> {
                Map<String, Object> schema = new LinkedHashMap<>();
                schema.put("enum", choice.names());
                yield schema;
            }
            case Shape.Items items -> {
                Map<String, Object> schema = typed("array");
                schema.put("items", schema(items.item()));
                yield schema;
            }
            case Shape.Texts _ -> {
                Map<String, Object> schema = typed("object");
                schema.put("additionalProperties", typed("string"));
                yield schema;
            }
            case Shape.Structure structure -> object(properties(structure));
            case Shape.Nullable nullable -> {
                Map<String, Object> schema = schema(nullable.shape());
                schema.put("type", List.of(schema.get("type"), "null"));
                yield schema;
            }
        };
    }

    private static Map<String, Object> typed(String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }
}
