package dev.gatun.spawner.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes records as objects, all fields of them. Thread-safe. */
final class RecordWriter {

    void write(JsonGenerator json, Record message) throws IOException {
        value(json, Shape.ofRecord(message.getClass()), message);
    }

    private void value(JsonGenerator json, Shape shape, Object value) throws IOException {
        switch (shape) {
            case Shape.Nullable nullable -> {
                Object present = present(value);
                if (present == null) {
                    json.writeNull();
                } else {
                    value(json, nullable.shape(), present);
                }
            }
            case Shape.Text _ -> text(json, (String) value);
            case Shape.Flag _ -> json.writeBoolean((Boolean) value);
            case Shape.Int _ -> json.writeNumber((Integer) value);
            case Shape.Whole _ -> json.writeNumber((Long) value);
            case Shape.Decimal _ -> json.writeNumber((Double) value);
            case Shape.Time _ -> json.writeString(value.toString());
            case Shape.Choice _ -> json.writeString(Shape.Choice.name(value));
            case Shape.Items items -> {
                json.writeStartArray();
                for (Object item : (List<?>) value) {
                    value(json, items.item(), item);
                }
                json.writeEndArray();
            }
            case Shape.Texts _ -> {
                json.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    json.writeFieldName(whole((String) entry.getKey()));
                    text(json, (String) entry.getValue());
                }
                json.writeEndObject();
            }
            case Shape.Structure structure -> {
                json.writeStartObject();
                for (Shape.Field field : structure.fields()) {
                    json.writeFieldName(field.name());
                    value(json, field.shape(), get(field, value));
                }
                json.writeEndObject();
            }
        }
    }

    private static void text(JsonGenerator json, String text) throws IOException {
        json.writeString(whole(text));
    }

    private static String whole(String text) {
        if (UnicodeText.hasLoneSurrogate(text)) {
            throw new MalformedMessageException("a text has half a character in it, which UTF-8 cannot say");
        }
        return text;
    }

    private static Object get(Shape.Field field, Object message) {
        try {
            return field.component().getAccessor().invoke(message);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object present(Object value) {
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        } else if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        } else if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        return ((Optional<?>) value).orElse(null);
    }
}
