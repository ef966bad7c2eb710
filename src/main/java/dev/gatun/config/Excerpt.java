package dev.gatun.config;

import dev.gatun.log.JsonText;

/** Texts of a file in a sentence: in quotes, on one line, not too long, and with nothing that a terminal acts on. */
public final class Excerpt {

    private static final int MAX_LENGTH = 60;

    private Excerpt() {}

    /** A text in double quotes, cut where it is long. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 3);
        if (text.length() <= MAX_LENGTH) {
            JsonText.quote(quoted, text);
        } else {
            JsonText.quote(quoted, text.substring(0, boundary(text)) + "…");
        }
        return quoted.toString();
    }

    /** What a node is, in words: {@code "abc"}, {@code a list}, {@code a mapping}, {@code nothing}. */
    static String of(Node node) {
        return switch (node.kind()) {
            case SCALAR -> node.isAbsent() ? "nothing" : quote(((Node.Scalar) node).text());
            case SEQUENCE -> "a list";
            case MAPPING -> "a mapping";
        };
    }

    static StringBuilder appendPrintable(StringBuilder line, String text) {
        String shown = text.length() <= 4 * MAX_LENGTH ? text : text.substring(0, 4 * MAX_LENGTH) + "…";
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            line.append(c < ' ' || c >= 0x7f && c < 0xa0 ? ' ' : c);
        }
        return line;
    }

    /** Not between the halves of a character. */
    private static int boundary(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    }
}
