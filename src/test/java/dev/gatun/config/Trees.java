package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import dev.gatun.config.YamlReader.DuplicateKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Reads YAML for tests, and shows trees as lines. */
final class Trees {

    private Trees() {}

    /** What must be in order. */
    static Mapping tree(String yaml) {
        return tree("f.yml", yaml);
    }

    static Mapping tree(String fileName, String yaml) {
        Problems problems = new Problems();
        Mapping root = YamlReader.read(fileName, bytes(yaml), DuplicateKeys.ERROR, problems).orElseThrow();
        assertThat(sentences(problems)).isEmpty();
        return root;
    }

    static byte[] bytes(String yaml) {
        return yaml.getBytes(StandardCharsets.UTF_8);
    }

    /** As people get to see them. */
    static List<String> sentences(Problems problems) {
        List<String> sentences = new ArrayList<>();
        for (Problem problem : problems.list()) {
            sentences.add(problem.describe());
        }
        return sentences;
    }

    /** On one line: texts that are quoted in the file in quotes, null as ~. */
    static String flow(Node node) {
        return switch (node.kind()) {
            case SCALAR -> {
                Scalar scalar = (Scalar) node;
                yield scalar.isNull() ? "~" : scalar.quoted() ? "'" + scalar.text() + "'" : scalar.text();
            }
            case SEQUENCE -> {
                StringJoiner items = new StringJoiner(", ", "[", "]");
                ((Sequence) node).items().forEach(item -> items.add(flow(item)));
                yield items.toString();
            }
            case MAPPING -> {
                StringJoiner entries = new StringJoiner(", ", "{", "}");
                ((Mapping) node).entries().forEach(entry -> entries.add(entry.key() + ": " + flow(entry.value())));
                yield entries.toString();
            }
        };
    }

    /** One line for every key and value: {@code a@1:1 = b@1:4}. */
    static List<String> positions(Mapping mapping) {
        List<String> lines = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            lines.add(entry.key() + "@" + place(entry.keyPosition()) + " = " + flow(entry.value()) + "@"
                    + place(entry.value().position()));
        }
        return lines;
    }

    private static String place(Position position) {
        return position.line() + ":" + position.column();
    }
}
