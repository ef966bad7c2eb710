package dev.gatun.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How an event becomes a line. */
public enum LogFormat {
    TEXT {
        @Override
        String line(String program, Level level, String message, Object... fields) {
            StringBuilder line = new StringBuilder(program).append(": ");
            if (level.ordinal() <= Level.WARN.ordinal()) {
                line.append(level == Level.ERROR ? "error: " : "warning: ");
            }
            JsonText.appendPrintable(line, message);
            for (int i = 0; i + 1 < fields.length; i += 2) {
                line.append(' ').append(fields[i]).append('=').append(quotedWhereNeeded(String.valueOf(fields[i + 1])));
            }
            return line.append('\n').toString();
        }
    },
    JSON {
        @Override
        String line(String program, Level level, String message, Object... fields) {
            String time = Timestamps.FORMAT.format(Instant.now().atOffset(ZoneOffset.UTC));
            StringBuilder line = new StringBuilder("{");
            member(line, "time", time);
            member(line, "level", level.text());
            member(line, "program", program);
            member(line, "message", message);
            for (int i = 0; i + 1 < fields.length; i += 2) {
                member(line, String.valueOf(fields[i]), fields[i + 1]);
            }
            return line.append("}\n").toString();
        }
    };

    /**
     * One line with its end.
     *
     * @param fields names and values by turns
     */
    abstract String line(String program, Level level, String message, Object... fields);

    /** Apart, so that the text format loads nothing of {@code java.time.format}. */
    private static final class Timestamps {
        static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT);
    }

    private static String quotedWhereNeeded(String value) {
        boolean plain = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain &= c > ' ' && c != '"' && c != '=' && !JsonText.isControl(c);
        }
        if (plain) {
            return value;
        }
        StringBuilder quoted = new StringBuilder();
        JsonText.quote(quoted, value);
        return quoted.toString();
    }

    private static void member(StringBuilder json, String name, Object value) {
        if (json.length() > 1) {
            json.append(',');
        }
        JsonText.quote(json, name);
        json.append(':');
        if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            JsonText.quote(json, String.valueOf(value));
        }
    }
}
