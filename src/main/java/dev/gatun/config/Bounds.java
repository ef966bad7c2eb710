package dev.gatun.config;

/**
 * Keeps a file from growing beyond what it is in bytes: an alias stands for a whole tree, and aliases of aliases for any
 * number of them.
 */
final class Bounds {

    /** As they are when every alias is written out. 100,000 of them do not fit into the 16 MB heap of a launcher. */
    static final int MAX_NODES = 20_000;

    static final int MAX_ALIASES = 1_000;

    /** Also for the stack of those who walk the tree. */
    static final int MAX_DEPTH = 64;

    private int nodes;
    private int aliases;
    private int depth;
    private int deepest;

    /** All nodes so far. */
    int count() {
        return nodes;
    }

    /** A node begins. Its end is told by {@link #leave}, with what this returns. */
    int enter(Position position, String path) {
        int outer = deepest;
        depth++;
        deepest = depth;
        add(1, 0, position, path);
        return outer;
    }

    /** A node ends; returns how many levels are below it. */
    int leave(int outer) {
        int height = deepest - depth;
        depth--;
        deepest = Math.max(deepest, outer);
        return height;
    }

    /** An alias stands for so many nodes with so many levels below the first. */
    void alias(int count, int height, Position position, String path) {
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw new RefusedFile(position, path, "more than " + MAX_ALIASES + " aliases (*name)", "a plain file");
        }
        depth++;
        add(count, height, position, path);
        depth--;
    }

    private void add(int count, int height, Position position, String path) {
        nodes += count;
        deepest = Math.max(deepest, depth + height);
        if (deepest > MAX_DEPTH) {
            throw new RefusedFile(position, "", "more than " + MAX_DEPTH + " levels of lists and mappings",
                    "a flat file");
        }
        if (nodes > MAX_NODES) {
            throw new RefusedFile(position, path, "more than " + MAX_NODES + " values, aliases (*name) written out",
                    "a small file");
        }
    }
}
