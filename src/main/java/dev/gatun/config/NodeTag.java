package dev.gatun.config;

/** What a tag ({@code !!str}) makes of a scalar. Nothing else comes of any tag: no object is ever made. */
enum NodeTag {
    NONE,
    /** A text, whatever it looks like. */
    TEXT,
    /** What it looks like, though it may be in quotes. */
    TYPED,
    UNKNOWN,
    /** Bytes that we would have to decode. */
    REFUSED;

    private static final String CORE = "tag:yaml.org,2002:";

    static NodeTag of(String tag) {
        if (tag.equals("!")) {
            return TEXT;
        }
        if (!tag.startsWith(CORE)) {
            return UNKNOWN;
        }
        return switch (tag.substring(CORE.length())) {
            case "str" -> TEXT;
            case "int", "float", "bool", "null", "timestamp" -> TYPED;
            case "binary" -> REFUSED;
            default -> UNKNOWN;
        };
    }

    /** Says so if this tag of a scalar is not heeded. */
    void complain(String tag, Position position, String path, Problems problems) {
        if (this == REFUSED) {
            problems.error(position, path, "a value with the tag " + written(tag), "a text as it is");
        } else if (this == UNKNOWN) {
            problems.warn(position, path, "the tag " + written(tag) + ", which is ignored", "");
        }
    }

    /** Says so if the tag of a list or a mapping is not heeded. */
    static void complain(String tag, String expected, Position position, String path, Problems problems) {
        if (!tag.equals("!") && !tag.equals(CORE + expected)) {
            problems.warn(position, path, "the tag " + written(tag) + ", which is ignored", "");
        }
    }

    private static String written(String tag) {
        String text = tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
        return Excerpt.appendPrintable(new StringBuilder(), text).toString();
    }
}
