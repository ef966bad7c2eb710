package dev.gatun.config;

import java.util.HashMap;
import java.util.Map;

/** The nodes of a file that have a name ({@code &name}), for the aliases behind them ({@code *name}). */
final class Anchors {

    /**
     * A named node.
     *
     * @param node null as long as it has not come to its end
     * @param count of the nodes in it
     * @param height the levels below it
     */
    private record Anchored(Node node, int count, int height) {}

    private static final Anchored OPEN = new Anchored(null, 0, 0);

    private final Bounds bounds;
    private final Map<String, Anchored> byName = new HashMap<>();

    Anchors(Bounds bounds) {
        this.bounds = bounds;
    }

    /** A node begins. */
    void open(String name) {
        byName.put(name, OPEN);
    }

    /** A node is complete. */
    void close(String name, Node node, int count, int height) {
        byName.put(name, new Anchored(node, count, height));
    }

    /** What an alias stands for: the very node, so that its positions are those of its only text. */
    Node get(String name, Position position, String path) {
        Anchored anchored = byName.get(name);
        if (anchored == null) {
            throw new RefusedFile(position, path, "*" + name + " without an &" + name + " before it",
                    "a text that begins with * in quotes");
        }
        if (anchored == OPEN) {
            throw new RefusedFile(position, path, "*" + name + " inside of what it stands for", "");
        }
        bounds.alias(anchored.count, anchored.height, position, path);
        return anchored.node;
    }
}
