package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** One object a line, as {@link ServiceLayout#json} says. */
final class ServiceJsonLayout implements LineLayout {

    /** Half a line: the other half is for the event. */
    private static final int MAX_EXTRA_BYTES = 2048;

    private final InstantSource clock;

    /** By name, the values as JSON. */
    private final TreeMap<String, String> extra = new TreeMap<>();

    ServiceJsonLayout(InstantSource clock, Map<String, String> fields) {
        this.clock = requireNonNull(clock);
        int bytes = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            StringBuilder value = new StringBuilder();
            JsonText.quote(value, field.getValue());
            extra.put(field.getKey(), value.toString());
            StringBuilder member = new StringBuilder();
            JsonText.quote(member, field.getKey());
            bytes += member.append(value).append(":,").toString().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_EXTRA_BYTES) {
            throw new IllegalArgumentException("the fields for every line of the log take " + bytes
                    + " bytes as JSON; at most " + MAX_EXTRA_BYTES + " fit");
        }
    }

    @Override
    public String line(String program, Level level, String message, Object... fields) {
        TreeMap<String, String> members = new TreeMap<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            StringBuilder value = new StringBuilder();
            JsonText.appendValue(value, fields[i + 1]);
            members.put(String.valueOf(fields[i]), value.toString());
        }
        StringBuilder timestamp = new StringBuilder();
        Timestamp.appendUtc(timestamp, clock.instant());
        putText(members, "level", level.text());
        putText(members, "logger", program);
        putText(members, "message", message);
        putText(members, "timestamp", timestamp.toString());
        members.putAll(extra);
        return object(members);
    }

    private static void putText(Map<String, String> members, String name, String text) {
        StringBuilder value = new StringBuilder();
        JsonText.quote(value, text);
        members.put(name, value.toString());
    }

    private static String object(Map<String, String> members) {
        StringBuilder line = new StringBuilder(256);
        char before = '{';
        for (Map.Entry<String, String> member : members.entrySet()) {
            JsonText.quote(line.append(before), member.getKey());
            line.append(':').append(member.getValue());
            before = ',';
        }
        return line.append("}\n").toString();
    }

    @Override
    public boolean survivesACut() {
        return false;
    }
}
