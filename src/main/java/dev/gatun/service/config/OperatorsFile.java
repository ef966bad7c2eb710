package dev.gatun.service.config;

import dev.gatun.config.Node;
import dev.gatun.config.Position;
import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import dev.gatun.config.SectionReader;
import dev.gatun.config.YamlSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The custom file, with what it may say and without what it may not. A key of the static file in it has never had an
 * effect: what is started is the distribution's to say.
 */
final class OperatorsFile {

    private OperatorsFile() {}

    /** What of the file counts; what else is in it is among the problems. */
    static Node.Mapping judged(Node.Mapping custom, Problems problems) {
        Problems own = read(custom, CustomConfig::read);
        Set<Position> unknown = unknownKeys(own);
        Set<Position> unknownToBoth =
                unknown.isEmpty() ? unknown : unknownKeys(read(custom, ServiceConfig::read));
        for (Problem problem : own.list()) {
            if (problem.isUnknownKey() && !unknownToBoth.contains(problem.position())) {
                problems.warn(problem.position(), problem.path(), "a key of the static file, without effect here", "");
            } else {
                problems.add(problem);
            }
        }
        return unknown.isEmpty() ? custom : without(unknown, custom);
    }

    private static Problems read(Node.Mapping custom, SectionReader<?> reader) {
        Problems problems = new Problems();
        YamlSection.read(custom, reader, problems, new ArrayList<>());
        return problems;
    }

    private static Set<Position> unknownKeys(Problems problems) {
        Set<Position> positions = new HashSet<>();
        for (Problem problem : problems.list()) {
            if (problem.isUnknownKey()) {
                positions.add(problem.position());
            }
        }
        return positions;
    }

    private static Node.Mapping without(Set<Position> unknown, Node.Mapping mapping) {
        List<Node.Entry> entries = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            if (!unknown.contains(entry.keyPosition())) {
                entries.add(new Node.Entry(entry.key(), entry.keyPosition(), without(unknown, entry.value())));
            }
        }
        return new Node.Mapping(mapping.position(), entries);
    }

    private static Node without(Set<Position> unknown, Node node) {
        return switch (node.kind()) {
            case SCALAR -> node;
            case MAPPING -> without(unknown, (Node.Mapping) node);
            case SEQUENCE -> {
                List<Node> items = new ArrayList<>();
                for (Node item : ((Node.Sequence) node).items()) {
                    items.add(without(unknown, item));
                }
                yield new Node.Sequence(node.position(), items);
            }
        };
    }
}
