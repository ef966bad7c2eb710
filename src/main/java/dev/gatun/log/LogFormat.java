package dev.gatun.log;

import java.time.Instant;

/** The layouts of Gatun's own log. */
public enum LogFormat implements LineLayout {
    TEXT {
        @Override
        public String line(String program, Level level, String message, Object... fields) {
            StringBuilder line = new StringBuilder(program).append(": ");
            if (level.ordinal() <= Level.WARN.ordinal()) {
                line.append(level == Level.ERROR ? "error: " : "warning: ");
            }
            JsonText.appendPrintable(line, message);
            for (int i = 0; i + 1 < fields.length; i += 2) {
                JsonText.appendField(line, String.valueOf(fields[i]), String.valueOf(fields[i + 1]));
            }
            return line.append('\n').toString();
        }
    },
    JSON {
        @Override
        public String line(String program, Level level, String message, Object... fields) {
            StringBuilder time = new StringBuilder();
            Timestamp.appendUtcMillis(time, Instant.now());
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

        @Override
        public boolean survivesACut() {
            return false;
        }
    };

    private static void member(StringBuilder json, String name, Object value) {
        if (json.length() > 1) {
            json.append(',');
        }
        JsonText.quote(json, name);
        json.append(':');
        JsonText.appendValue(json, value);
    }
}
