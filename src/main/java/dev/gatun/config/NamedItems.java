package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import java.util.ArrayList;
import java.util.List;

/** A list of mappings that have a {@code name}, as entries of a mapping from those names. */
final class NamedItems {

    static final String NAME = "name";

    private NamedItems() {}

    /**
     * The items in their order, without their {@code name}; a name may occur twice.
     *
     * @param key of the list: an item without a name is called after it and its place, {@code subProcesses-1}
     */
    static List<Entry> of(String key, Sequence list) {
        List<Entry> entries = new ArrayList<>(list.items().size());
        for (int i = 0; i < list.items().size(); i++) {
            Node item = list.items().get(i);
            Entry name = item.kind() == Kind.MAPPING ? ((Mapping) item).entry(NAME) : null;
            if (name == null || name.value().kind() != Kind.SCALAR) {
                entries.add(new Entry(key + "-" + (i + 1), item.position(), item));
            } else if (name.value().isAbsent()) {
                entries.add(new Entry(key + "-" + (i + 1), item.position(), without(name, (Mapping) item)));
            } else {
                String text = ((Scalar) name.value()).text();
                entries.add(new Entry(text, name.keyPosition(), without(name, (Mapping) item)));
            }
        }
        return entries;
    }

    private static Mapping without(Entry name, Mapping item) {
        List<Entry> others = new ArrayList<>(item.entries().size());
        for (Entry entry : item.entries()) {
            if (entry != name) {
                others.add(entry);
            }
        }
        return new Mapping(item.position(), others);
    }
}
