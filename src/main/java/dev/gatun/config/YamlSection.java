package dev.gatun.config;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import dev.gatun.config.Problem.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** A section in a file. Keeps a record of all values that it gives and of the keys that it is asked for. */
public final class YamlSection implements Section {

    private final Mapping mapping;
    private final String path;
    private final Position position;
    private final Problems problems;
    private final List<Setting> settings;
    private final ScalarReading scalars;
    private final Set<String> asked = new LinkedHashSet<>();
    private final Set<String> recorded = new HashSet<>();

    private YamlSection(Mapping mapping, String path, Position position, Problems problems, List<Setting> settings) {
        this.mapping = mapping;
        this.path = path;
        this.position = position;
        this.problems = problems;
        this.settings = settings;
        this.scalars = new ScalarReading(problems);
    }

    /**
     * Reads a file, and warns of the keys that nobody asked for.
     *
     * @param problems for what is wrong in it
     * @param settings for the values that were read, in the order in which they were asked for: every scalar, and every
     *     item of a list or map; values that are absent and have no default are not among them
     */
    public static <R> R read(Mapping root, SectionReader<R> reader, Problems problems, List<Setting> settings) {
        requireNonNull(problems);
        requireNonNull(settings);
        return new YamlSection(root, "", root.position(), problems, settings).readBy(reader);
    }

    @Override
    public boolean flag(String name, boolean orElse, String description) {
        Optional<Boolean> value = flag(name, description);
        return value.isPresent() ? value.get() : byDefault(name, orElse, Boolean.toString(orElse));
    }

    @Override
    public Optional<Boolean> flag(String name, String description) {
        Entry entry = ask(name);
        Optional<Boolean> value = entry == null ? Optional.empty() : scalars.flag(entry, path(name));
        if (value.isPresent()) {
            record(name, entry, value.get().toString());
        }
        return value;
    }

    @Override
    public int integer(String name, int orElse, Range range, String description) {
        OptionalInt value = integer(name, range, description);
        return value.isPresent() ? value.getAsInt() : byDefault(name, orElse, Integer.toString(orElse));
    }

    @Override
    public OptionalInt integer(String name, Range range, String description) {
        Entry entry = ask(name);
        if (entry == null) {
            return OptionalInt.empty();
        }
        OptionalLong value = scalars.whole(entry, path(name), range, ScalarReading.INTS);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        record(name, entry, Long.toString(value.getAsLong()));
        return OptionalInt.of((int) value.getAsLong());
    }

    @Override
    public long bytes(String name, long orElse, Range range, String description) {
        OptionalLong value = bytes(name, range, description);
        return value.isPresent() ? value.getAsLong() : byDefault(name, orElse, Long.toString(orElse));
    }

    @Override
    public OptionalLong bytes(String name, Range range, String description) {
        Entry entry = ask(name);
        OptionalLong value = entry == null ? OptionalLong.empty() : scalars.bytes(entry, path(name), range);
        if (value.isPresent()) {
            record(name, entry, Long.toString(value.getAsLong()));
        }
        return value;
    }

    @Override
    public double decimal(String name, double orElse, Range range, String description) {
        OptionalDouble value = decimal(name, range, description);
        return value.isPresent() ? value.getAsDouble() : byDefault(name, orElse, NumberText.of(orElse));
    }

    @Override
    public OptionalDouble decimal(String name, Range range, String description) {
        Entry entry = ask(name);
        OptionalDouble value = entry == null ? OptionalDouble.empty() : scalars.decimal(entry, path(name), range);
        if (value.isPresent()) {
            record(name, entry, NumberText.of(value.getAsDouble()));
        }
        return value;
    }

    @Override
    public Duration seconds(String name, Duration orElse, Range range, String description) {
        Optional<Duration> value = seconds(name, range, description);
        return value.isPresent() ? value.get()
                : byDefault(name, orElse, NumberText.of(ScalarReading.secondsOf(orElse)));
    }

    @Override
    public Optional<Duration> seconds(String name, Range range, String description) {
        Entry entry = ask(name);
        Optional<Duration> value = entry == null ? Optional.empty() : scalars.seconds(entry, path(name), range);
        if (value.isPresent()) {
            record(name, entry, NumberText.of(ScalarReading.secondsOf(value.get())));
        }
        return value;
    }

    @Override
    public String text(String name, String orElse, String description) {
        Optional<String> value = text(name, description);
        return value.isPresent() ? value.get() : byDefault(name, orElse, YamlText.of(orElse));
    }

    @Override
    public Optional<String> text(String name, String description) {
        Entry entry = ask(name);
        String value = entry == null ? null : scalars.text(entry, path(name));
        if (value != null) {
            record(name, entry, YamlText.of(value));
        }
        return Optional.ofNullable(value);
    }

    @Override
    public <E extends Enum<E> & Choice> E choice(String name, E orElse, String description) {
        Optional<E> value = choice(name, orElse.getDeclaringClass(), description);
        return value.isPresent() ? value.get() : byDefault(name, orElse, YamlText.of(orElse.text()));
    }

    @Override
    public <E extends Enum<E> & Choice> Optional<E> choice(String name, Class<E> type, String description) {
        Entry entry = ask(name);
        if (entry == null) {
            return Optional.empty();
        }
        E[] choices = type.getEnumConstants();
        String found = entry.value().kind() == Kind.SCALAR ? ((Scalar) entry.value()).text() : null;
        for (E choice : choices) {
            if (choice.text().equals(found)) {
                record(name, entry, YamlText.of(found));
                return Optional.of(choice);
            }
        }
        List<String> words = Choices.words(choices);
        String nearest = found == null ? "" : Suggestion.nearest(found, words).orElse("");
        problems.add(new Problem(Severity.ERROR, entry.keyPosition(), path(name), Excerpt.of(entry.value()),
                Choices.inWords(words), nearest));
        return Optional.empty();
    }

    @Override
    public List<String> texts(String name, NullItems nulls, String description) {
        Entry entry = ask(name);
        if (entry == null) {
            return byDefault(name, List.of(), "[]");
        }
        boolean isNew = recorded.add(name);
        List<Node> items = entry.value().kind() == Kind.SEQUENCE
                ? ((Sequence) entry.value()).items()
                : List.of(entry.value());
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            String itemPath = Paths.item(path(name), i);
            if (item.kind() != Kind.SCALAR) {
                boolean single = entry.value() == item;
                problems.error(single ? entry.keyPosition() : item.position(), single ? path(name) : itemPath,
                        Excerpt.of(item), single ? "a list of texts" : "a text");
            } else if (!item.isAbsent() || nulls == NullItems.EMPTY_TEXT) {
                texts.add(textOf(item));
                record(isNew, itemPath, item.position(), texts.get(texts.size() - 1));
            }
        }
        return texts;
    }

    @Override
    public Map<String, String> textMap(String name, String description) {
        Entry entry = ask(name);
        if (entry == null) {
            return byDefault(name, Map.of(), "{}");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (entry.value().kind() != Kind.MAPPING) {
            problems.error(entry.keyPosition(), path(name), ScalarReading.found(entry.value()),
                    "a mapping (name: text)");
            return texts;
        }
        boolean isNew = recorded.add(name);
        for (Entry item : ((Mapping) entry.value()).entries()) {
            String itemPath = Paths.join(path(name), item.key());
            if (item.value().kind() != Kind.SCALAR) {
                problems.error(item.keyPosition(), itemPath, Excerpt.of(item.value()), "a text");
            } else {
                texts.put(item.key(), textOf(item.value()));
                record(isNew, itemPath, item.keyPosition(), texts.get(item.key()));
            }
        }
        return texts;
    }

    @Override
    public <R> R section(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        if (entry == null) {
            return child(Mapping.empty(position.file()), name, position).readBy(reader);
        }
        if (entry.value().kind() != Kind.MAPPING) {
            problems.error(entry.keyPosition(), path(name), ScalarReading.found(entry.value()),
                    "a mapping (key: value)");
            // What is missing in it is no news.
            return new YamlSection(Mapping.empty(position.file()), path(name), entry.keyPosition(), new Problems(),
                    settings)
                    .readBy(reader);
        }
        return child((Mapping) entry.value(), name, entry.keyPosition()).readBy(reader);
    }

    @Override
    public <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value().kind() != Kind.MAPPING) {
            problems.error(entry.keyPosition(), path(name), ScalarReading.found(entry.value()),
                    "a mapping (key: value)");
            return Optional.empty();
        }
        return Optional.of(child((Mapping) entry.value(), name, entry.keyPosition()).readBy(reader));
    }

    @Override
    public <R> Map<String, R> sections(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        Map<String, R> sections = new LinkedHashMap<>();
        if (entry == null) {
            return sections;
        }
        if (entry.value().kind() == Kind.SCALAR) {
            problems.error(entry.keyPosition(), path(name), ScalarReading.found(entry.value()),
                    "a mapping (name: mapping), or a list of mappings");
            return sections;
        }
        boolean isList = entry.value().kind() == Kind.SEQUENCE;
        List<Entry> entries = isList
                ? NamedItems.of(name, (Sequence) entry.value())
                : ((Mapping) entry.value()).entries();
        for (Entry item : entries) {
            String itemPath = Paths.join(name, item.key());
            if (sections.containsKey(item.key())) {
                problems.error(item.keyPosition(), path(itemPath), "a second one of this name", "another name");
                continue;
            }
            YamlSection section = child(item.value(), itemPath, item.keyPosition());
            if (section == null) {
                continue;
            }
            if (isList) {
                section.checkName();
            }
            sections.put(item.key(), section.readBy(reader));
        }
        return sections;
    }

    @Override
    public <R> List<R> sectionList(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        List<R> sections = new ArrayList<>();
        if (entry == null) {
            return sections;
        }
        if (entry.value().kind() != Kind.SEQUENCE) {
            problems.error(entry.keyPosition(), path(name), ScalarReading.found(entry.value()), "a list of mappings");
            return sections;
        }
        for (Node item : ((Sequence) entry.value()).items()) {
            YamlSection section = child(item, Paths.item(name, sections.size()), item.position());
            if (section != null) {
                sections.add(section.readBy(reader));
            }
        }
        return sections;
    }

    @Override
    public void require(String name) {
        if (!has(name)) {
            error(name, "required, but missing", "");
        }
    }

    @Override
    public void withoutEffect(String name, String description) {
        if (has(name)) {
            warn(name, "a key without effect", "");
        }
    }

    @Override
    public boolean has(String name) {
        return ask(name) != null;
    }

    @Override
    public void error(String name, String found, String expected) {
        problems.error(position(name), path(name), found, expected);
    }

    @Override
    public void warn(String name, String found, String expected) {
        problems.warn(position(name), path(name), found, expected);
    }

    @Override
    public String path() {
        return path;
    }

    private <R> R readBy(SectionReader<R> reader) {
        R value = reader.read(this);
        for (Entry entry : mapping.entries()) {
            if (!asked.contains(entry.key())) {
                problems.add(new Problem(Severity.WARNING, entry.keyPosition(), path(entry.key()), "unknown key", "",
                        Suggestion.nearest(entry.key(), asked).orElse("")));
            }
        }
        return value;
    }

    /** The entry of a key, if it has a value. */
    private Entry ask(String name) {
        asked.add(name);
        Entry entry = mapping.entry(name);
        return entry == null || entry.value().isAbsent() ? null : entry;
    }

    private String path(String name) {
        return name.isEmpty() ? path : Paths.join(path, name);
    }

    private Position position(String name) {
        Entry entry = mapping.entry(name);
        return entry == null ? position : entry.keyPosition();
    }

    private YamlSection child(Mapping value, String name, Position at) {
        return new YamlSection(value, path(name), at, problems, settings);
    }

    /** One of several sections, where a null is one with nothing in it; or null, with a problem. */
    private YamlSection child(Node value, String name, Position at) {
        if (value.kind() == Kind.MAPPING) {
            return child((Mapping) value, name, at);
        }
        if (value.isAbsent()) {
            return child(Mapping.empty(at.file()), name, at);
        }
        problems.error(at, path(name), ScalarReading.found(value), "a mapping (key: value)");
        return null;
    }

    /** A name that is still there could not be used as one. */
    private void checkName() {
        Entry name = mapping.entry(NamedItems.NAME);
        if (name != null) {
            asked.add(NamedItems.NAME);
            scalars.text(name, path(NamedItems.NAME));
        }
    }

    private static String textOf(Node scalar) {
        return scalar.isAbsent() ? "" : ((Scalar) scalar).text();
    }

    private <V> V byDefault(String name, V value, String text) {
        if (recorded.add(name)) {
            settings.add(new Setting(path(name), text, new Source.Default()));
        }
        return value;
    }

    private void record(String name, Entry entry, String value) {
        if (recorded.add(name)) {
            settings.add(new Setting(path(name), value, new Source.InFile(entry.keyPosition())));
        }
    }

    private void record(boolean isNew, String itemPath, Position at, String text) {
        if (isNew) {
            settings.add(new Setting(itemPath, YamlText.of(text), new Source.InFile(at)));
        }
    }
}
