package dev.gatun.log;

/** JSON, as far as lines and reports need it. */
public final class JsonText {

    private JsonText() {}

    /** Appends a JSON string; terminals are safe from it as well, since no control character stays as it is. */
    public static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (c < 0x20 || c >= 0x7f && c < 0xa0) {
                String hex = Integer.toHexString(c);
                json.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
