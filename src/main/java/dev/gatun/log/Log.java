package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;

/**
 * Writes events to a descriptor that it shares with others, standard error as a rule, and never waits. A line for which
 * there is no room is dropped and counted, and the next that gets through says how many were lost. Thread-safe.
 */
public final class Log {

    /** Of a value in a line that is too long, at first. */
    private static final int MAX_VALUE_LENGTH = 500;

    /** Values that are shorter than this say nothing. */
    private static final int MIN_VALUE_LENGTH = 8;

    private final LineWriter lines;
    private final String program;
    private final Level level;
    private final LineLayout layout;
    private long lost;

    /**
     * A log of one program.
     *
     * @param program what lines begin with
     * @param level the least weighty events to write
     */
    public Log(Libc libc, Fd fd, String program, Level level, LineLayout layout) {
        this.lines = new LineWriter(libc, fd);
        this.program = requireNonNull(program);
        this.level = requireNonNull(level);
        this.layout = requireNonNull(layout);
    }

    public boolean isEnabled(Level candidate) {
        return candidate.ordinal() <= level.ordinal();
    }

    /**
     * Writes one event.
     *
     * @param message one line of text
     * @param fields names and values by turns
     */
    public void log(Level candidate, String message, Object... fields) {
        if (isEnabled(candidate)) {
            write(candidate, message, fields);
        }
    }

    public void error(String message, Object... fields) {
        log(Level.ERROR, message, fields);
    }

    public void warn(String message, Object... fields) {
        log(Level.WARN, message, fields);
    }

    public void info(String message, Object... fields) {
        log(Level.INFO, message, fields);
    }

    public void debug(String message, Object... fields) {
        log(Level.DEBUG, message, fields);
    }

    private synchronized void write(Level candidate, String message, Object... fields) {
        if (lost > 0) {
            long count = lost;
            if (lines.write(layout.line(program, Level.WARN, "lines of this log were lost", "count", count))) {
                lost -= count;
            }
        }
        if (!lines.write(fittingLine(candidate, message, fields))) {
            lost++;
        }
    }

    /** Where a cut would spoil the whole line, the values are cut instead, each by itself. */
    private String fittingLine(Level candidate, String message, Object... fields) {
        String line = layout.line(program, candidate, message, fields);
        if (layout.survivesACut() || LineWriter.fits(line)) {
            return line;
        }
        for (int limit = MAX_VALUE_LENGTH; limit >= MIN_VALUE_LENGTH; limit /= 2) {
            line = layout.line(program, candidate, shortened(message, limit), shortened(fields, limit));
            if (LineWriter.fits(line)) {
                return line;
            }
        }
        return layout.line(program, candidate, shortened(message, MAX_VALUE_LENGTH));
    }

    private static Object[] shortened(Object[] fields, int limit) {
        Object[] shorter = fields.clone();
        for (int i = 0; i < shorter.length; i++) {
            shorter[i] = shorter[i] instanceof Number || shorter[i] instanceof Boolean
                    ? shorter[i]
                    : shortened(String.valueOf(shorter[i]), limit);
        }
        return shorter;
    }

    private static String shortened(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        // Not between the two halves of a character.
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end) + "…";
    }
}
