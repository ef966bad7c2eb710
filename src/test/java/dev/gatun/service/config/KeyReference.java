package dev.gatun.service.config;

import dev.gatun.config.Choice;
import dev.gatun.config.NullItems;
import dev.gatun.config.Range;
import dev.gatun.config.Section;
import dev.gatun.config.SectionReader;
import java.math.BigDecimal;
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

/** Takes down which keys a reader asks for, for people; what {@code SchemaSection} does for editors. */
final class KeyReference implements Section {

    static final String NAME = "NAME";

    /** What a key takes, which decides how two files of it are put together. */
    enum Shape {
        VALUE,
        TEXTS,
        TEXT_MAP,
        SECTION
    }

    /**
     * One key.
     *
     * @param orElse in words; empty for none
     * @param takes range or words; empty for anything of the type
     */
    record Key(String name, Shape shape, String type, String orElse, String takes, String description) {}

    private final String path;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final Map<String, KeyReference> sections;

    private KeyReference(String path, Map<String, KeyReference> sections) {
        this.path = path;
        this.sections = sections;
        sections.put(path, this);
    }

    /** All sections of a file by their paths, in their order; the file itself has the empty path. */
    static Map<String, KeyReference> of(SectionReader<?> reader) {
        Map<String, KeyReference> sections = new LinkedHashMap<>();
        reader.read(new KeyReference("", sections));
        return sections;
    }

    List<Key> keys() {
        List<Key> all = new ArrayList<>();
        for (Key key : keys.values()) {
            all.add(required.contains(key.name)
                    ? new Key(key.name, key.shape, key.type, "required", key.takes, key.description)
                    : key);
        }
        return all;
    }

    private void add(String name, Shape shape, String type, String orElse, String takes, String description) {
        keys.putIfAbsent(name, new Key(name, shape, type, orElse, takes, description));
    }

    private void addValue(String name, String type, String orElse, Range range, String description) {
        add(name, Shape.VALUE, type, orElse, words(range), description);
    }

    private static String words(Range range) {
        String text = range.text();
        if (range.least() == range.most()) {
            return number(range.least());
        }
        return text.startsWith("of ") ? text.substring("of ".length()) : text;
    }

    private void addSection(String name, String type, String description, SectionReader<?> reader, String... further) {
        add(name, Shape.SECTION, type, "", "", description);
        String child = path.isEmpty() ? name : path + "." + name;
        reader.read(new KeyReference(child + String.join("", further), sections));
    }

    private static String number(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String amount(long bytes) {
        return bytes > 0 && bytes % (1 << 20) == 0
                ? bytes / (1 << 20) + "Mi"
                : bytes > 0 && bytes % (1 << 10) == 0 ? bytes / (1 << 10) + "Ki" : Long.toString(bytes);
    }

    private static <E extends Enum<E> & Choice> String words(Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            words.add("`" + constant.text() + "`");
        }
        return String.join(", ", words);
    }

    @Override
    public boolean flag(String name, boolean orElse, String description) {
        addValue(name, "true or false", Boolean.toString(orElse), Range.ANY, description);
        return orElse;
    }

    @Override
    public Optional<Boolean> flag(String name, String description) {
        addValue(name, "true or false", "", Range.ANY, description);
        return Optional.empty();
    }

    @Override
    public int integer(String name, int orElse, Range range, String description) {
        addValue(name, "whole number", Integer.toString(orElse), range, description);
        return orElse;
    }

    @Override
    public OptionalInt integer(String name, Range range, String description) {
        addValue(name, "whole number", "", range, description);
        return OptionalInt.empty();
    }

    @Override
    public OptionalLong bytes(String name, Range range, String description) {
        addValue(name, "bytes", "", range, description);
        return OptionalLong.empty();
    }

    @Override
    public long bytes(String name, long orElse, Range range, String description) {
        addValue(name, "bytes", amount(orElse), range, description);
        return orElse;
    }

    @Override
    public double decimal(String name, double orElse, Range range, String description) {
        addValue(name, "number", number(orElse), range, description);
        return orElse;
    }

    @Override
    public OptionalDouble decimal(String name, Range range, String description) {
        addValue(name, "number", "", range, description);
        return OptionalDouble.empty();
    }

    @Override
    public Duration seconds(String name, Duration orElse, Range range, String description) {
        addValue(name, "seconds", number(orElse.toMillis() / 1000d), range, description);
        return orElse;
    }

    @Override
    public Optional<Duration> seconds(String name, Range range, String description) {
        addValue(name, "seconds", "", range, description);
        return Optional.empty();
    }

    @Override
    public String text(String name, String orElse, String description) {
        addValue(name, "text", "`" + orElse + "`", Range.ANY, description);
        return orElse;
    }

    @Override
    public Optional<String> text(String name, String description) {
        addValue(name, "text", "", Range.ANY, description);
        return Optional.empty();
    }

    @Override
    public <E extends Enum<E> & Choice> E choice(String name, E orElse, String description) {
        add(name, Shape.VALUE, "word", "`" + orElse.text() + "`", words(orElse.getDeclaringClass()), description);
        return orElse;
    }

    @Override
    public <E extends Enum<E> & Choice> Optional<E> choice(String name, Class<E> type, String description) {
        add(name, Shape.VALUE, "word", "", words(type), description);
        return Optional.empty();
    }

    @Override
    public List<String> texts(String name, NullItems nulls, String description) {
        add(name, Shape.TEXTS, "list of texts", "", "", description);
        return List.of();
    }

    @Override
    public Map<String, String> textMap(String name, String description) {
        add(name, Shape.TEXT_MAP, "texts by name", "", "", description);
        return Map.of();
    }

    @Override
    public <R> R section(String name, String description, SectionReader<R> reader) {
        KeyReference child = new KeyReference(path.isEmpty() ? name : path + "." + name, sections);
        add(name, Shape.SECTION, "section", "", "", description);
        return reader.read(child);
    }

    @Override
    public <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader) {
        addSection(name, "section", description, reader);
        return Optional.empty();
    }

    @Override
    public <R> Map<String, R> sections(String name, String description, SectionReader<R> reader) {
        addSection(name, "sections by name", description, reader, ".", NAME);
        return Map.of();
    }

    @Override
    public <R> List<R> sectionList(String name, String description, SectionReader<R> reader) {
        addSection(name, "list of sections", description, reader, "[]");
        return List.of();
    }

    @Override
    public void require(String name) {
        required.add(name);
    }

    @Override
    public void withoutEffect(String name, String description) {
        addValue(name, "", "", Range.ANY, "Without effect. " + description);
    }

    @Override
    public boolean has(String name) {
        return false;
    }

    @Override
    public void error(String name, String found, String expected) {
        // Nothing is read, so nothing can be wrong.
    }

    @Override
    public void warn(String name, String found, String expected) {
        // As with errors.
    }

    @Override
    public String path() {
        return path;
    }
}
