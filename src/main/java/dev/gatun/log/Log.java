package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;

/**
 * Writes events to a descriptor that it shares with others, standard error as a rule, and never waits. A line for which
 * there is no room is dropped and counted, and the next that gets through says how many were lost. Thread-safe.
 */
public final class Log {

    /** Of a value in a line that is too long. */
    private static final int MAX_VALUE_LENGTH = 500;

    private final LineWriter lines;
    private final String program;
    private final Level level;
    private final LogFormat format;
    private long lost;

    /**
     * A log of one program.
     *
     * @param program what lines begin with
     * @param level the least weighty events to write
     */
    public Log(Libc libc, Fd fd, String program, Level level, LogFormat format) {
        this.lines = new LineWriter(libc, fd);
        this.program = requireNonNull(program);
        this.level = requireNonNull(level);
        this.format = requireNonNull(format);
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
            if (lines.write(format.line(program, Level.WARN, "lines of this log were lost", "count", count))) {
                lost -= count;
            }
        }
        if (!lines.write(fittingLine(candidate, message, fields))) {
            lost++;
        }
    }

    /** A line that is cut is half an object in JSON, so there the values are, each by itself. */
    private String fittingLine(Level candidate, String message, Object... fields) {
        String line = format.line(program, candidate, message, fields);
        if (format != LogFormat.JSON || LineWriter.fits(line)) {
            return line;
        }
        Object[] shorter = fields.clone();
        for (int i = 0; i < shorter.length; i++) {
            shorter[i] = shorter[i] instanceof Number || shorter[i] instanceof Boolean
                    ? shorter[i]
                    : shortened(String.valueOf(shorter[i]));
        }
        return format.line(program, candidate, shortened(message), shorter);
    }

    private static String shortened(String text) {
        return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
    }
}
