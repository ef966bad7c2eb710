package dev.gatun.spawner.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.lang.reflect.InvocationTargetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Makes records of objects. All fields of a record must be there and have its types; other fields are ignored. Thread-safe.
 */
final class RecordReader {

    /** @throws MalformedMessageException naming the first field that is missing or wrong */
    <T extends Record> T read(JsonNode object, Class<T> type) {
        return type.cast(structure(object, Shape.ofRecord(type), ""));
    }

    /**
     * Reads one field of an object, which is there.
     *
     * @throws MalformedMessageException with what was expected and what was found, without the name of the field
     */
    Object field(JsonNode object, Shape.Field field) {
        return value(object.get(field.name()), field.shape(), "");
    }

    private Object structure(JsonNode node, Shape.Structure structure, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        Object[] values = new Object[structure.fields().size()];
        for (int i = 0; i < values.length; i++) {
            Shape.Field field = structure.fields().get(i);
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            JsonNode value = node.get(field.name());
            if (value == null) {
                throw new MalformedMessageException("missing field " + name);
            }
            values[i] = value(value, field.shape(), name);
        }
        return create(structure, values, path);
    }

    private static Object create(Shape.Structure structure, Object[] values, String path) {
        try {
            return structure.constructor().newInstance(values);
        } catch (InvocationTargetException refused) {
            String reason = String.valueOf(refused.getCause().getMessage());
            throw new MalformedMessageException(path.isEmpty() ? reason : path + ": " + reason);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object value(JsonNode node, Shape shape, String path) {
        return switch (shape) {
            case Shape.Nullable nullable ->
                optional(nullable.optional(), node.isNull() ? null : value(node, nullable.shape(), path));
            case Shape.Text _ -> text(node, path);
            case Shape.Flag _ -> {
                if (!node.isBoolean()) {
                    throw wrong(path, "true or false", node);
                }
                yield node.booleanValue();
            }
            case Shape.Int _ -> {
                if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                    throw wrong(path, "a whole number of 32 bits", node);
                }
                yield node.intValue();
            }
            case Shape.Whole _ -> {
                if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                    throw wrong(path, "a whole number of 64 bits", node);
                }
                yield node.longValue();
            }
            case Shape.Decimal _ -> {
                if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
                    throw wrong(path, "a number", node);
                }
                yield node.doubleValue();
            }
            case Shape.Time _ -> time(node, path);
            case Shape.Choice choice -> choice(node, choice, path);
            case Shape.Items items -> items(node, items.item(), path);
            case Shape.Texts _ -> texts(node, path);
            case Shape.Structure structure -> structure(node, structure, path);
        };
    }

    private static Object optional(Class<?> type, Object value) {
        if (type == OptionalInt.class) {
            return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
        } else if (type == OptionalLong.class) {
            return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
        } else if (type == OptionalDouble.class) {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
        }
        return Optional.ofNullable(value);
    }

    /** Half a character cannot be said back to the spawner: there is no UTF-8 of it. */
    private static String text(JsonNode node, String path) {
        if (!node.isTextual()) {
            throw wrong(path, "a text", node);
        }
        String text = node.textValue();
        if (UnicodeText.hasLoneSurrogate(text)) {
            throw wrong(path, "a text of whole characters", node);
        }
        return text;
    }

    private static Instant time(JsonNode node, String path) {
        try {
            return OffsetDateTime.parse(text(node, path)).toInstant();
        } catch (DateTimeException malformed) {
            throw wrong(path, "a time such as 2026-01-31T12:00:00Z", node);
        }
    }

    private static Object choice(JsonNode node, Shape.Choice choice, String path) {
        String name = text(node, path);
        for (Object constant : choice.type().getEnumConstants()) {
            if (Shape.Choice.name(constant).equals(name)) {
                return constant;
            }
        }
        throw wrong(path, String.join(" or ", choice.names()), node);
    }

    private List<Object> items(JsonNode node, Shape item, String path) {
        if (!node.isArray()) {
            throw wrong(path, "a list", node);
        }
        List<Object> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(value(node.get(i), item, path + "[" + i + "]"));
        }
        return items;
    }

    private static Map<String, String> texts(JsonNode node, String path) {
        if (!node.isObject()) {
            throw wrong(path, "an object", node);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue(), path)));
        return texts;
    }

    private static MalformedMessageException wrong(String path, String expected, JsonNode found) {
        String problem = "expected " + expected + ", found " + describe(found);
        return new MalformedMessageException(path.isEmpty() ? problem : "field " + path + ": " + problem);
    }

    /** The kind and not the value, which may be a secret. */
    private static String describe(JsonNode node) {
        JsonNodeType type = node.getNodeType();
        return switch (type) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> node.isIntegralNumber() ? "another whole number" : "another number";
            case STRING, BINARY -> "another text";
            case NULL, MISSING -> "null";
        };
    }
}
