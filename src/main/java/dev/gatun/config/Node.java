package dev.gatun.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A file's content as a tree in which everything knows its position. Aliases share their nodes: the position of such a
 * node is where it is written, not where it is used.
 */
public sealed interface Node {

    /** What a node is, for a switch that costs nothing: the first one over the types themselves takes 4 ms. */
    enum Kind {
        SCALAR,
        SEQUENCE,
        MAPPING
    }

    Position position();

    Kind kind();

    /**
     * A single value.
     *
     * @param text as it stands in the file, so that {@code 1.50} and {@code yes} stay what they are in a text
     * @param quoted whether it is a text whatever it looks like: by quotes, as a block, or by the tag {@code !!str}
     * @param isNull whether it is nothing: an empty value, {@code null} or {@code ~}
     */
    record Scalar(Position position, String text, boolean quoted, boolean isNull) implements Node {

        public Scalar {
            requireNonNull(position);
            requireNonNull(text);
        }

        @Override
        public Kind kind() {
            return Kind.SCALAR;
        }
    }

    /** A list. */
    record Sequence(Position position, List<Node> items) implements Node {

        public Sequence {
            requireNonNull(position);
            requireNonNull(items);
        }

        @Override
        public Kind kind() {
            return Kind.SEQUENCE;
        }
    }

    /** Keys with values, in their order in the file. */
    record Mapping(Position position, List<Entry> entries) implements Node {

        public Mapping {
            requireNonNull(position);
            requireNonNull(entries);
        }

        /** A file that says nothing. */
        public static Mapping empty(String file) {
            return new Mapping(new Position(file, 1, 1), List.of());
        }

        /** The value of a key, which may be null in the file's sense. */
        public Optional<Node> get(String key) {
            Entry entry = entry(key);
            return entry == null ? Optional.empty() : Optional.of(entry.value());
        }

        /** The entry of a key, or null. */
        Entry entry(String key) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).key().equals(key)) {
                    return entries.get(i);
                }
            }
            return null;
        }

        @Override
        public Kind kind() {
            return Kind.MAPPING;
        }
    }

    /** A key with its value. */
    record Entry(String key, Position keyPosition, Node value) {

        public Entry {
            requireNonNull(key);
            requireNonNull(keyPosition);
            requireNonNull(value);
        }
    }

    /** Whether this counts as absent. */
    default boolean isAbsent() {
        return kind() == Kind.SCALAR && ((Scalar) this).isNull();
    }
}
