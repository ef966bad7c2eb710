package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongToIntFunction;

/** Local time and message, as {@link ServiceLayout#text} says. */
final class ServiceTextLayout implements LineLayout {

    private final InstantSource clock;
    private final LongToIntFunction offsetSeconds;

    /** @param offsetSeconds how far local time is ahead of UTC at a second of the epoch */
    ServiceTextLayout(InstantSource clock, LongToIntFunction offsetSeconds) {
        this.clock = requireNonNull(clock);
        this.offsetSeconds = requireNonNull(offsetSeconds);
    }

    @Override
    public String line(String program, Level level, String message, Object... fields) {
        Instant now = clock.instant();
        StringBuilder line = new StringBuilder(128);
        Timestamp.appendLocal(line, now, offsetSeconds.applyAsInt(now.getEpochSecond()));
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
