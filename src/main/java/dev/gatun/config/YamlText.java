package dev.gatun.config;

import dev.gatun.log.JsonText;

/** Values as one would write them in YAML. */
final class YamlText {

    private YamlText() {}

    /** A text: as it is where that reads as the same text, otherwise in double quotes. */
    static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        JsonText.quote(quoted, text);
        return quoted.toString();
    }

    private static boolean isPlain(String text) {
        if (Words.isNull(text) || Words.flag(text).isPresent() || YamlNumber.parse(text) != null) {
            return false;
        }
        boolean option = text.length() > 1 && text.charAt(0) == '-' && Character.isLetter(text.charAt(1));
        boolean longOption = text.length() > 2 && text.startsWith("--") && Character.isLetter(text.charAt(2));
        for (int at = option || longOption ? 1 : 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c > 0xa0;
            if (!letter && (at == 0 ? "/_." : "/_.:-+=@%,$").indexOf(c) < 0) {
                return false;
            }
        }
        return !text.endsWith(":");
    }
}
