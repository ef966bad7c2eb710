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
    private final SectionRecord record;
    private final CollectionReading collections;
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlSection(Mapping mapping, String path, Position position, Problems problems, List<Setting> settings) {
        this.mapping = mapping;
        this.path = path;
        this.position = position;
        this.problems = problems;
        this.settings = settings;
        this.scalars = new ScalarReading(problems);
        this.record = new SectionRecord(path, settings);
        this.collections = new CollectionReading(problems, record);
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
        return value.isPresent() ? value.get() : record.byDefault(name, orElse, Boolean.toString(orElse));
    }

    @Override
    public Optional<Boolean> flag(String name, String description) {
        Entry entry = ask(name);
        Optional<Boolean> value = entry == null ? Optional.empty() : scalars.flag(entry, path(name));
        if (value.isPresent()) {
            record.add(name, entry.keyPosition(), value.get().toString());
        }
        return value;
    }

    @Override
    public int integer(String name, int orElse, Range range, String description) {
        OptionalInt value = integer(name, range, description);
        return value.isPresent() ? value.getAsInt() : record.byDefault(name, orElse, Integer.toString(orElse));
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
        record.add(name, entry.keyPosition(), Long.toString(value.getAsLong()));
        return OptionalInt.of((int) value.getAsLong());
    }

    @Override
    public long bytes(String name, long orElse, Range range, String description) {
        OptionalLong value = bytes(name, range, description);
        return value.isPresent() ? value.getAsLong() : record.byDefault(name, orElse, Long.toString(orElse));
    }

    @Override
    public OptionalLong bytes(String name, Range range, String description) {
        Entry entry = ask(name);
        OptionalLong value = entry == null ? OptionalLong.empty() : scalars.bytes(entry, path(name), range);
        if (value.isPresent()) {
            record.add(name, entry.keyPosition(), Long.toString(value.getAsLong()));
        }
        return value;
    }

    @Override
    public double decimal(String name, double orElse, Range range, String description) {
        OptionalDouble value = decimal(name, range, description);
        return value.isPresent() ? value.getAsDouble() : record.byDefault(name, orElse, NumberText.of(orElse));
    }

    @Override
    public OptionalDouble decimal(String name, Range range, String description) {
        Entry entry = ask(name);
        OptionalDouble value = entry == null ? OptionalDouble.empty() : scalars.decimal(entry, path(name), range);
        if (value.isPresent()) {
            record.add(name, entry.keyPosition(), NumberText.of(value.getAsDouble()));
        }
        return value;
    }

    @Override
    public Duration seconds(String name, Duration orElse, Range range, String description) {
        Optional<Duration> value = seconds(name, range, description);
        return value.isPresent() ? value.get()
                : record.byDefault(name, orElse, NumberText.of(ScalarReading.secondsOf(orElse)));
    }

    @Override
    public Optional<Duration> seconds(String name, Range range, String description) {
        Entry entry = ask(name);
        Optional<Duration> value = entry == null ? Optional.empty() : scalars.seconds(entry, path(name), range);
        if (value.isPresent()) {
            record.add(name, entry.keyPosition(), NumberText.of(ScalarReading.secondsOf(value.get())));
        }
        return value;
    }

    @Override
    public String text(String name, String orElse, String description) {
        Optional<String> value = text(name, description);
        return value.isPresent() ? value.get() : record.byDefault(name, orElse, YamlText.of(orElse));
    }

    @Override
    public Optional<String> text(String name, String description) {
        Entry entry = ask(name);
        String value = entry == null ? null : scalars.text(entry, path(name));
        if (value != null) {
            record.add(name, entry.keyPosition(), YamlText.of(value));
        }
        return Optional.ofNullable(value);
    }

    @Override
    public <E extends Enum<E> & Choice> E choice(String name, E orElse, String description) {
        Optional<E> value = choice(name, orElse.getDeclaringClass(), description);
        return value.isPresent() ? value.get() : record.byDefault(name, orElse, YamlText.of(orElse.text()));
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
                record.add(name, entry.keyPosition(), YamlText.of(found));
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
        return entry == null
                ? record.byDefault(name, List.of(), "[]")
                : collections.texts(entry, path(name), nulls);
    }

    @Override
    public Map<String, String> textMap(String name, String description) {
        Entry entry = ask(name);
        return entry == null
                ? record.byDefault(name, Map.of(), "{}")
                : collections.textMap(entry, path(name));
    }

    @Override
    public <R> R section(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        if (entry == null) {
            return child(Mapping.empty(position.file()), name, position).readBy(reader);
        }
        if (!isMapping(entry.value(), name, entry.keyPosition())) {
            Mapping nothing = Mapping.empty(position.file());
            Problems none = new Problems(); // what is missing in it is no news
            return new YamlSection(nothing, path(name), entry.keyPosition(), none, settings).readBy(reader);
        }
        return child((Mapping) entry.value(), name, entry.keyPosition()).readBy(reader);
    }

    @Override
    public <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader) {
        Entry entry = ask(name);
        if (entry == null || !isMapping(entry.value(), name, entry.keyPosition())) {
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
            String itemPath = KeyPath.join(name, item.key());
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
        List<Node> items = ((Sequence) entry.value()).items();
        for (int i = 0; i < items.size(); i++) {
            YamlSection section = child(items.get(i), KeyPath.item(name, i), items.get(i).position());
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
                problems.add(Problem.unknownKey(entry.keyPosition(), path(entry.key()),
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
        return name.isEmpty() ? path : KeyPath.join(path, name);
    }

    private Position position(String name) {
        Entry entry = mapping.entry(name);
        return entry == null ? position : entry.keyPosition();
    }

    private YamlSection child(Mapping value, String name, Position at) {
        return new YamlSection(value, path(name), at, problems, settings);
    }

    private boolean isMapping(Node value, String name, Position at) {
        if (value.kind() != Kind.MAPPING) {
            problems.error(at, path(name), ScalarReading.found(value), "a mapping (key: value)");
        }
        return value.kind() == Kind.MAPPING;
    }

    /** One of several sections, where a null is one with nothing in it; or null, with a problem. */
    private YamlSection child(Node value, String name, Position at) {
        Node given = value.isAbsent() ? Mapping.empty(at.file()) : value;
        return isMapping(given, name, at) ? child((Mapping) given, name, at) : null;
    }

    /** A name that is still there could not be used as one. */
    private void checkName() {
        Entry name = mapping.entry(NamedItems.NAME);
        if (name != null) {
            asked.add(NamedItems.NAME);
            scalars.text(name, path(NamedItems.NAME));
        }
    }
}
