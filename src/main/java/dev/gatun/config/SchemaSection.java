package dev.gatun.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Describes what a reader asks for, as a JSON Schema (draft 2020-12) by which editors complete and check files. What is
 * valid by it is read without a problem, but for numbers of an absurd size and rules between keys. The reverse does not
 * hold: {@code on: yes} is read, and is no good style.
 *
 * <p>The reader gets the defaults, and nothing where there are none.
 */
public final class SchemaSection implements Section {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /** A text in YAML may look like something else: {@code version: 1.10} is one. */
    private static final List<String> TEXT = List.of("string", "number", "boolean", "null");

    private static final String BYTES = "^[0-9]+(\\.[0-9]+)?([kKMGTP]B?|[KMGTP]iB?|B)$";
    private static final String DURATION = "^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+$";

    private final String path;
    private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();

    private SchemaSection(String path) {
        this.path = path;
    }

    /** The schema of a file, without an identifier. */
    public static String schema(String title, SectionReader<?> reader) {
        return schema(title, "", reader);
    }

    /**
     * The schema of a file, as JSON with a line break at its end.
     *
     * @param id a URI by which it can be referred to; empty for none
     */
    public static String schema(String title, String id, SectionReader<?> reader) {
        requireNonNull(title);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", DIALECT);
        if (!id.isEmpty()) {
            root.put("$id", id);
        }
        root.put("title", title);
        SchemaSection section = new SchemaSection("");
        reader.read(section);
        section.addTo(root);
        return JsonTree.write(root);
    }

    @Override
    public boolean flag(String name, boolean orElse, String description) {
        add(name, description, "boolean").putIfAbsent("default", orElse);
        return orElse;
    }

    @Override
    public Optional<Boolean> flag(String name, String description) {
        add(name, description, "boolean");
        return Optional.empty();
    }

    @Override
    public int integer(String name, int orElse, Range range, String description) {
        addRange(add(name, description, "integer"), range).putIfAbsent("default", orElse);
        return orElse;
    }

    @Override
    public OptionalInt integer(String name, Range range, String description) {
        addRange(add(name, description, "integer"), range);
        return OptionalInt.empty();
    }

    @Override
    public OptionalLong bytes(String name, Range range, String description) {
        addRange(add(name, description, "integer", "string"), range).putIfAbsent("pattern", BYTES);
        return OptionalLong.empty();
    }

    @Override
    public long bytes(String name, long orElse, Range range, String description) {
        bytes(name, range, description);
        properties.get(name).putIfAbsent("default", orElse);
        return orElse;
    }

    @Override
    public double decimal(String name, double orElse, Range range, String description) {
        addRange(add(name, description, "number"), range).putIfAbsent("default", orElse);
        return orElse;
    }

    @Override
    public OptionalDouble decimal(String name, Range range, String description) {
        addRange(add(name, description, "number"), range);
        return OptionalDouble.empty();
    }

    @Override
    public Duration seconds(String name, Duration orElse, Range range, String description) {
        seconds(name, range, description);
        properties.get(name).putIfAbsent("default", ScalarReading.secondsOf(orElse));
        return orElse;
    }

    @Override
    public Optional<Duration> seconds(String name, Range range, String description) {
        addRange(add(name, description, "number", "string"), range).putIfAbsent("pattern", DURATION);
        return Optional.empty();
    }

    @Override
    public String text(String name, String orElse, String description) {
        text(name, description);
        properties.get(name).putIfAbsent("default", orElse);
        return orElse;
    }

    @Override
    public Optional<String> text(String name, String description) {
        add(name, description).put("type", TEXT);
        return Optional.empty();
    }

    @Override
    public <E extends Enum<E> & Choice> E choice(String name, E orElse, String description) {
        choice(name, orElse.getDeclaringClass(), description);
        properties.get(name).putIfAbsent("default", orElse.text());
        return orElse;
    }

    @Override
    public <E extends Enum<E> & Choice> Optional<E> choice(String name, Class<E> type, String description) {
        List<Object> words = new ArrayList<>(Choices.words(type.getEnumConstants()));
        words.add(null);
        add(name, description).put("enum", words);
        return Optional.empty();
    }

    @Override
    public List<String> texts(String name, NullItems nulls, String description) {
        Map<String, Object> property = add(name, description);
        property.put("type", List.of("array", "string", "number", "boolean", "null"));
        property.put("items", Map.of("type", TEXT));
        return List.of();
    }

    @Override
    public Map<String, String> textMap(String name, String description) {
        add(name, description, "object").put("additionalProperties", Map.of("type", TEXT));
        return Map.of();
    }

    @Override
    public <R> R section(String name, String description, SectionReader<R> reader) {
        SchemaSection child = new SchemaSection(KeyPath.join(path, name));
        R value = reader.read(child);
        child.addTo(add(name, description, "object"));
        if (!child.required.isEmpty()) {
            require(name);
        }
        return value;
    }

    @Override
    public <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader) {
        add(name, description).putAll(schemaOf(KeyPath.join(path, name), reader));
        return Optional.empty();
    }

    @Override
    public <R> Map<String, R> sections(String name, String description, SectionReader<R> reader) {
        Map<String, Object> byName = schemaOf(KeyPath.join(path, name + ".*"), reader);
        SchemaSection named = new SchemaSection(KeyPath.join(path, name + ".*"));
        named.text(NamedItems.NAME, "Its name; by default " + name + "-1 and so on");
        reader.read(named);
        Map<String, Object> property = add(name, description, "array", "object");
        property.put("items", named.addTo(new LinkedHashMap<>()));
        property.put("additionalProperties", byName);
        return Map.of();
    }

    @Override
    public <R> List<R> sectionList(String name, String description, SectionReader<R> reader) {
        add(name, description, "array").put("items", schemaOf(KeyPath.item(KeyPath.join(path, name), 0), reader));
        return List.of();
    }

    @Override
    public void require(String name) {
        required.add(name);
    }

    @Override
    public void withoutEffect(String name, String description) {
        add(name, "Without effect. " + description).put("deprecated", true);
    }

    @Override
    public boolean has(String name) {
        return false;
    }

    @Override
    public void error(String name, String found, String expected) {
        // What is wrong with defaults alone is what a file has to have; the reader says so with require().
    }

    @Override
    public void warn(String name, String found, String expected) {
        // As with errors.
    }

    @Override
    public String path() {
        return path;
    }

    /** The property of a key, which is made at the first mention of it. */
    private Map<String, Object> add(String name, String description, String... types) {
        Map<String, Object> property = properties.computeIfAbsent(name, key -> new LinkedHashMap<>());
        property.putIfAbsent("description", description);
        if (types.length > 0) {
            List<String> all = new ArrayList<>(List.of(types));
            all.add("null");
            property.putIfAbsent("type", all);
        }
        return property;
    }

    private static Map<String, Object> addRange(Map<String, Object> property, Range range) {
        if (range.least() != Double.NEGATIVE_INFINITY) {
            property.putIfAbsent(range.leastExcluded() ? "exclusiveMinimum" : "minimum", range.least());
        }
        if (range.most() != Double.POSITIVE_INFINITY) {
            property.putIfAbsent("maximum", range.most());
        }
        return property;
    }

    private static Map<String, Object> schemaOf(String path, SectionReader<?> reader) {
        SchemaSection section = new SchemaSection(path);
        reader.read(section);
        return section.addTo(new LinkedHashMap<>());
    }

    /** Completes the schema of an object. A null is as good as an empty one where nothing is required. */
    private Map<String, Object> addTo(Map<String, Object> schema) {
        schema.put("type", required.isEmpty() && !schema.containsKey("$schema") ? List.of("object", "null") : "object");
        schema.put("additionalProperties", false);
        for (String name : required) {
            Map<String, Object> property = properties.computeIfAbsent(name, key -> new LinkedHashMap<>());
            property.computeIfPresent("type", (key, types) -> withoutNull(types));
            property.computeIfPresent("enum", (key, words) -> withoutNull(words));
        }
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    private static Object withoutNull(Object list) {
        if (!(list instanceof List<?> items)) {
            return list;
        }
        List<Object> others = new ArrayList<>();
        for (Object item : items) {
            if (item != null && !item.equals("null")) {
                others.add(item);
            }
        }
        return others.size() == 1 && others.get(0) instanceof String && items.contains("null") ? others.get(0) : others;
    }
}
