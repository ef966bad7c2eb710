package dev.gatun.spawner.message;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What stands on the wire for a type of Java: reading, writing and the schema go by it. */
sealed interface Shape {

    record Text() implements Shape {}

    record Flag() implements Shape {}

    /** A whole number of 32 bits. */
    record Int() implements Shape {}

    /** A whole number of 64 bits. */
    record Whole() implements Shape {}

    /** Any number that is finite. */
    record Decimal() implements Shape {}

    /** A time as RFC 3339 has it. */
    record Time() implements Shape {}

    /** One of the names of an enum, in lower case. */
    record Choice(Class<?> type) implements Shape {
        List<String> names() {
            List<String> names = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                names.add(name(constant));
            }
            return names;
        }

        static String name(Object constant) {
            return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
        }
    }

    /** A list. */
    record Items(Shape item) implements Shape {}

    /** Texts by name. */
    record Texts() implements Shape {}

    /** An object that is a record here. */
    record Structure(Constructor<?> constructor, List<Field> fields) implements Shape {}

    /**
     * What may be null.
     *
     * @param optional which kind of {@code Optional} it is here
     */
    record Nullable(Shape shape, Class<?> optional) implements Shape {}

    /** One field of an object. */
    record Field(RecordComponent component, String name, Shape shape) {
        private static Field of(RecordComponent component) {
            return new Field(component, snakeCase(component.getName()), Shape.of(component.getGenericType()));
        }

        String description() {
            return component.getAnnotation(Description.class).value();
        }
    }

    /** Of a record. */
    static Structure ofRecord(Class<?> type) {
        return Structures.BY_TYPE.get(type);
    }

    /** @throws IllegalArgumentException for a type that no message has */
    static Shape of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return new Items(of(first));
            } else if (generic.getRawType() == Optional.class) {
                return new Nullable(of(first), Optional.class);
            } else if (generic.getRawType() == Map.class) {
                return new Texts();
            }
        } else if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw new IllegalArgumentException("no message has a " + type);
    }

    private static Shape ofClass(Class<?> type) {
        if (type.isRecord()) {
            return ofRecord(type);
        } else if (type.isEnum()) {
            return new Choice(type);
        } else if (type == OptionalInt.class) {
            return new Nullable(new Int(), type);
        } else if (type == OptionalLong.class) {
            return new Nullable(new Whole(), type);
        } else if (type == OptionalDouble.class) {
            return new Nullable(new Decimal(), type);
        }
        return switch (type.getSimpleName()) {
            case "String" -> new Text();
            case "boolean" -> new Flag();
            case "int", "Integer" -> new Int();
            case "long" -> new Whole();
            case "double" -> new Decimal();
            case "Instant" -> new Time();
            default -> throw new IllegalArgumentException("no message has a " + type);
        };
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** Reflection is slow, and what it finds never changes. */
    final class Structures extends ClassValue<Structure> {

        private static final Structures BY_TYPE = new Structures();

        private Structures() {}

        @Override
        protected Structure computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                fields.add(Field.of(component));
                types.add(component.getType());
            }
            try {
                return new Structure(type.getDeclaredConstructor(types.toArray(Class<?>[]::new)), List.copyOf(fields));
            } catch (NoSuchMethodException impossible) {
                throw new IllegalArgumentException("not a record: " + type, impossible);
            }
        }
    }
}
