package dev.gatun.log;

/** Texts for programs and for terminals: JSON strings, and what may be printed. */
public final class JsonText {

    private JsonText() {}

    /** Appends a JSON string; terminals are safe from it as well, since no control character stays as it is. */
    public static void quote(StringBuilder json, String text) {
        json.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || isControl(c)) {
                appendEscaped(json.append(text, plain, i), c);
                plain = i + 1;
            }
        }
        json.append(text, plain, text.length()).append('"');
    }

    private static void appendEscaped(StringBuilder json, char c) {
        if (c == '\n') {
            json.append("\\n");
        } else if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else {
            appendVisible(json, c);
        }
    }

    /** Appends a number or a truth as such, and everything else as a string; JSON has no infinity and no "not a number". */
    static void appendValue(StringBuilder json, Object value) {
        boolean finite = !(value instanceof Double || value instanceof Float)
                || Double.isFinite(((Number) value).doubleValue());
        if (value instanceof Boolean || value instanceof Number && finite) {
            json.append(value);
        } else {
            quote(json, String.valueOf(value));
        }
    }

    /** Appends {@code  name=value} to a line for people, the value in quotes where it would be mistaken without. */
    static void appendField(StringBuilder line, String name, String value) {
        line.append(' ').append(name).append('=');
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= c > ' ' && c != '"' && c != '=' && !isControl(c);
        }
        if (plain) {
            line.append(value);
        } else {
            quote(line, value);
        }
    }

    /** Appends a text to a line for people: no line break, and nothing that a terminal would act on. */
    static void appendPrintable(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append(' ');
            } else {
                appendVisible(line, c);
            }
        }
    }

    private static void appendVisible(StringBuilder line, char c) {
        if (isControl(c)) {
            String hex = Integer.toHexString(c);
            line.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
        } else {
            line.append(c);
        }
    }

    /** Both sets of them: some terminals take U+009B for the beginning of a command. */
    static boolean isControl(char c) {
        return c < 0x20 || c >= 0x7f && c < 0xa0;
    }
}
