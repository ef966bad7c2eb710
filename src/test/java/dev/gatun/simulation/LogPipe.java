package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Our standard error: a pipe whose reader takes a rest now and then. */
final class LogPipe extends SimFile {

    private final Kernel kernel;
    private boolean full;
    private int lines;

    /** Whether the last poll said that a write would not wait. A pipe that is full a moment later is the risk we take. */
    private boolean promised;

    LogPipe(Kernel kernel) {
        this.kernel = kernel;
    }

    void setFull(boolean value) {
        full = value;
        kernel.trace(() -> value ? "the reader of the log takes a rest" : "the reader of the log is back");
    }

    int lines() {
        return lines;
    }

    @Override
    int readiness() {
        if (full) {
            kernel.faults.happened(Faults.Kind.SLOW_READER);
        }
        promised = !full;
        return full ? 0 : OUT;
    }

    @Override
    long write(MemorySegment buffer, long count) {
        if (!promised) {
            throw new Violation("a write to a full pipe: the loop would stand still");
        }
        promised = false;
        lines++;
        byte[] line = buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        kernel.trace(() -> "log: " + new String(line, StandardCharsets.UTF_8).trim());
        return count;
    }
}
