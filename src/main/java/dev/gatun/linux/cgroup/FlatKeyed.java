package dev.gatun.linux.cgroup;

import java.util.OptionalLong;

/** Files of lines {@code KEY NUMBER}, which the kernel's documents call flat keyed. */
final class FlatKeyed {

    private FlatKeyed() {}

    /** The number behind a key; empty where there is none. */
    static OptionalLong value(String text, String key) {
        String start = key + " ";
        int line = 0;
        while (line >= 0 && line < text.length()) {
            int end = text.indexOf('\n', line);
            if (text.startsWith(start, line)) {
                return number(text.substring(line + start.length(), end < 0 ? text.length() : end));
            }
            line = end < 0 ? -1 : end + 1;
        }
        return OptionalLong.empty();
    }

    static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException strange) {
            return OptionalLong.empty();
        }
    }
}
