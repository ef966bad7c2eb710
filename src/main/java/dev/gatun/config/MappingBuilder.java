package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Sequence;
import dev.gatun.config.YamlReader.DuplicateKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A mapping in the making: sees to keys that occur twice, and to the merge key. */
final class MappingBuilder {

    /** Entries of others that come in before the own entry of that number. */
    private record Merge(int before, Mapping source) {}

    private final Position position;
    private final String path;
    private final DuplicateKeys duplicates;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Merge> merges = new ArrayList<>();
    private Position firstMerge;

    MappingBuilder(Position position, String path, DuplicateKeys duplicates, Problems problems) {
        this.position = position;
        this.path = path;
        this.duplicates = duplicates;
        this.problems = problems;
    }

    void add(Entry entry) {
        Integer place = places.putIfAbsent(entry.key(), entries.size());
        if (place == null) {
            entries.add(entry);
        } else {
            complain(entry.key(), entry.keyPosition(), entries.get(place).keyPosition());
            if (duplicates == DuplicateKeys.LAST_WINS_WITH_WARNING) {
                entries.set(place, entry);
            }
        }
    }

    /** The merge key: one mapping or a list of them, whose entries come in where there is none of that key. */
    void merge(Position keyPosition, Node value) {
        if (firstMerge != null) {
            complain("<<", keyPosition, firstMerge);
        } else {
            firstMerge = keyPosition;
        }
        if (value.kind() == Kind.SEQUENCE) {
            for (Node item : ((Sequence) value).items()) {
                mergeOne(keyPosition, item);
            }
        } else {
            mergeOne(keyPosition, value);
        }
    }

    Mapping build() {
        if (merges.isEmpty()) {
            return new Mapping(position, List.copyOf(entries));
        }
        List<Entry> all = new ArrayList<>(entries.size());
        Set<String> merged = new HashSet<>();
        int next = 0;
        for (Merge merge : merges) {
            all.addAll(entries.subList(next, merge.before));
            next = merge.before;
            for (Entry entry : merge.source.entries()) {
                if (!places.containsKey(entry.key()) && merged.add(entry.key())) {
                    all.add(entry);
                }
            }
        }
        all.addAll(entries.subList(next, entries.size()));
        return new Mapping(position, List.copyOf(all));
    }

    private void mergeOne(Position keyPosition, Node source) {
        if (source.kind() == Kind.MAPPING) {
            merges.add(new Merge(entries.size(), (Mapping) source));
        } else {
            problems.error(keyPosition, KeyPath.join(path, "<<"), Excerpt.of(source),
                    "a mapping to merge, or a list of them");
        }
    }

    private void complain(String key, Position again, Position first) {
        if (duplicates == DuplicateKeys.ERROR) {
            problems.error(again, KeyPath.join(path, key), "the same key as in line " + first.line(), "");
        } else {
            problems.warn(again, KeyPath.join(path, key),
                    "the same key as in line " + first.line() + "; this one counts", "");
        }
    }
}
