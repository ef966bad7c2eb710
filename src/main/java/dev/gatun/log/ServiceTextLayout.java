package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;

/** Local time and message, as {@link ServiceLayout#text} says. */
final class ServiceTextLayout implements LineLayout {

    private final InstantSource clock;
    private final LocalZone zone;

    ServiceTextLayout(InstantSource clock, LocalZone zone) {
        this.clock = requireNonNull(clock);
        this.zone = requireNonNull(zone);
    }

    @Override
    public String line(String program, Level level, String message, Object... fields) {
        Instant now = clock.instant();
        StringBuilder line = new StringBuilder(128);
        Timestamp.appendLocal(line, now, zone);
        line.append(' ');
        if (level.ordinal() <= Level.WARN.ordinal()) {
            line.append(level == Level.ERROR ? "ERROR: " : "WARNING: ");
        }
        JsonText.appendPrintable(line, message);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            JsonText.appendField(line, String.valueOf(fields[i]), String.valueOf(fields[i + 1]));
        }
        return line.append('\n').toString();
    }
}
