package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.WriteReadiness;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * Writes events to a descriptor that it shares with others, standard error as a rule.
 *
 * <p>A write never waits: a terminal that is paused or a reader of a pipe that has stopped reading would stop the loop.
 * The descriptor is not made non-blocking either, because that would change it for every process that shares it, the
 * child among them. Instead each line is shorter than what a pipe takes at once ({@code PIPE_BUF}), and is written only
 * when poll(2) says that there is room. A line for which there is none is dropped and counted, and the next that gets
 * through says how many were lost. Thread-safe.
 */
public final class Log {

    /** {@code PIPE_BUF}: as much as a writable pipe is sure to take at once, and in one piece. */
    private static final int MAX_LINE_BYTES = 4096;

    private static final byte[] CUT = "…\n".getBytes(StandardCharsets.UTF_8);

    private final Fd fd;
    private final WriteReadiness readiness;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), MAX_LINE_BYTES);
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
        this.fd = requireNonNull(fd);
        this.readiness = new WriteReadiness(libc, fd);
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
            if (writeLine(format.line(program, Level.WARN, "lines of this log were lost", "count", count))) {
                lost -= count;
            }
        }
        if (!writeLine(format.line(program, candidate, message, fields))) {
            lost++;
        }
    }

    private boolean writeLine(String line) {
        if (!readiness.isWritable()) {
            return false;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_LINE_BYTES);
        buffer.put(0, bytes, length);
        if (bytes.length > MAX_LINE_BYTES) {
            buffer.put(MAX_LINE_BYTES - CUT.length, CUT, CUT.length);
        }
        return fd.write(buffer.segment().asSlice(0, length)) == length;
    }
}
