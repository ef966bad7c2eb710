package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import dev.gatun.config.YamlReader.DuplicateKeys;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Makes a tree of the events of one file. */
final class TreeComposer {

    private final String fileName;
    private final Iterator<Event> events;
    private final DuplicateKeys duplicates;
    private final Problems problems;
    private final Bounds bounds = new Bounds();
    private final Anchors anchors = new Anchors(bounds);
    private Position position;

    TreeComposer(String fileName, Iterator<Event> events, DuplicateKeys duplicates, Problems problems) {
        this.fileName = fileName;
        this.events = events;
        this.duplicates = duplicates;
        this.problems = problems;
        this.position = new Position(fileName, 1, 1);
    }

    /** Of the last event. */
    Position position() {
        return position;
    }

    /** The root, or nothing with a problem; throws what the library throws, and {@link RefusedFile}. */
    Optional<Mapping> compose() {
        next(); // of the stream
        if (next().getEventId() == Event.ID.StreamEnd) {
            return Optional.of(Mapping.empty(fileName));
        }
        Node root = node(next(), "");
        next(); // the end of the document
        if (next().getEventId() == Event.ID.DocumentStart) {
            problems.warn(position, "", "a second document, which is not read", "");
        }
        if (root.isAbsent()) {
            return Optional.of(Mapping.empty(fileName));
        }
        if (root.kind() != Node.Kind.MAPPING) {
            problems.error(root.position(), "", Excerpt.of(root), "keys with values (key: value)");
            return Optional.empty();
        }
        return Optional.of((Mapping) root);
    }

    private Event next() {
        Event event = events.next();
        Mark mark = event.getStartMark().orElse(null);
        if (mark != null) {
            position = new Position(fileName, mark.getLine() + 1, mark.getColumn() + 1);
        }
        return event;
    }

    /** The node that begins with an event, and all the events that are part of it. */
    private Node node(Event event, String path) {
        if (event.getEventId() == Event.ID.Alias) {
            return anchors.get(((AliasEvent) event).getAlias().getValue(), position, path);
        }
        String anchor = anchor((NodeEvent) event);
        if (anchor != null) {
            anchors.open(anchor);
        }
        int before = bounds.count();
        int outer = bounds.enter(position, path);
        Node node = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, path);
            case SequenceStart -> sequence((SequenceStartEvent) event, path);
            case MappingStart -> mapping((MappingStartEvent) event, path);
            case Alias, Comment, DocumentStart, DocumentEnd, MappingEnd, SequenceEnd, StreamStart, StreamEnd ->
                throw new IllegalStateException("No node begins with " + event);
        };
        int height = bounds.leave(outer);
        if (anchor != null) {
            anchors.close(anchor, node, bounds.count() - before, height);
        }
        return node;
    }

    private static String anchor(NodeEvent event) {
        return event.getAnchor().isPresent() ? event.getAnchor().get().getValue() : null;
    }

    private Scalar scalar(ScalarEvent event, String path) {
        NodeTag tag = NodeTag.NONE;
        if (event.getTag().isPresent()) {
            tag = NodeTag.of(event.getTag().get());
            tag.complain(event.getTag().get(), position, path, problems);
        }
        if (event.getValue().indexOf('\0') >= 0) {
            problems.error(position, path, "a text with a NUL character",
                    "one without: to programs, variables and file names it is the end");
        }
        boolean quoted = tag == NodeTag.TEXT || !event.isPlain() && tag != NodeTag.TYPED;
        boolean isNull = !quoted && Words.isNull(event.getValue());
        return new Scalar(position, event.getValue(), quoted, isNull);
    }

    private Sequence sequence(SequenceStartEvent event, String path) {
        Position start = position;
        if (event.getTag().isPresent()) {
            NodeTag.complain(event.getTag().get(), "seq", start, path, problems);
        }
        List<Node> items = new ArrayList<>();
        for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
            items.add(node(item, needsPath(item) ? KeyPath.item(path, items.size()) : path));
        }
        return new Sequence(start, List.copyOf(items));
    }

    private Mapping mapping(MappingStartEvent event, String path) {
        if (event.getTag().isPresent()) {
            NodeTag.complain(event.getTag().get(), "map", position, path, problems);
        }
        MappingBuilder mapping = new MappingBuilder(position, path, duplicates, problems);
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            Position keyPosition = position;
            boolean plain = key.getEventId() == Event.ID.Scalar && ((ScalarEvent) key).isPlain();
            Node name = node(key, path);
            Event value = next();
            if (name.kind() != Node.Kind.SCALAR) {
                problems.error(keyPosition, path, Excerpt.of(name) + " as a key",
                        "a text, in quotes if it begins with { or [");
                node(value, path);
                continue;
            }
            String text = ((Scalar) name).text();
            Node content = node(value, needsPath(value) ? KeyPath.join(path, text) : path);
            if (plain && text.equals("<<")) {
                mapping.merge(keyPosition, content);
            } else {
                mapping.add(new Entry(text, keyPosition, content));
            }
        }
        return mapping.build();
    }

    /** Most values need no path of their own, which costs a new text for each. */
    private static boolean needsPath(Event event) {
        return event.getEventId() != Event.ID.Scalar || ((ScalarEvent) event).getTag().isPresent();
    }
}
