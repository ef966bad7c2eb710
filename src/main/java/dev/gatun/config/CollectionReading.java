package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes lists and maps of texts, or says what is wrong with them. Takes entries that are there and not null. */
final class CollectionReading {

    private final Problems problems;
    private final SectionRecord record;

    CollectionReading(Problems problems, SectionRecord record) {
        this.problems = problems;
        this.record = record;
    }

    List<String> texts(Entry entry, String path, NullItems nulls) {
        if (entry.value().kind() == Kind.MAPPING) {
            problems.error(entry.keyPosition(), path, ScalarReading.found(entry.value()), "a list of texts");
            return List.of();
        }
        List<Node> items = entry.value().kind() == Kind.SEQUENCE
                ? ((Sequence) entry.value()).items()
                : List.of(entry.value());
        if (items.isEmpty()) {
            record.add(entry.key(), entry.keyPosition(), "[]");
        }
        boolean isNew = record.begin(entry.key());
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            if (item.kind() != Kind.SCALAR) {
                problems.error(item.position(), KeyPath.item(path, i), ScalarReading.found(item), "a text");
            } else if (!item.isAbsent() || nulls == NullItems.EMPTY_TEXT) {
                String text = textOf(item);
                texts.add(text);
                if (isNew) {
                    record.addItem(KeyPath.item(path, texts.size() - 1), item.position(), YamlText.of(text));
                }
            }
        }
        return texts;
    }

    Map<String, String> textMap(Entry entry, String path) {
        if (entry.value().kind() != Kind.MAPPING) {
            problems.error(entry.keyPosition(), path, ScalarReading.found(entry.value()), "a mapping (name: text)");
            return Map.of();
        }
        List<Entry> items = ((Mapping) entry.value()).entries();
        if (items.isEmpty()) {
            record.add(entry.key(), entry.keyPosition(), "{}");
        }
        boolean isNew = record.begin(entry.key());
        Map<String, String> texts = new LinkedHashMap<>();
        for (Entry item : items) {
            String itemPath = KeyPath.join(path, item.key());
            if (item.value().kind() != Kind.SCALAR) {
                problems.error(item.keyPosition(), itemPath, ScalarReading.found(item.value()), "a text");
                continue;
            }
            String text = textOf(item.value());
            texts.put(item.key(), text);
            if (isNew) {
                record.addItem(itemPath, item.keyPosition(), YamlText.of(text));
            }
        }
        return texts;
    }

    private static String textOf(Node scalar) {
        return scalar.isAbsent() ? "" : ((Scalar) scalar).text();
    }
}
