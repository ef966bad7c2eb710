package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** {@code /proc/PID/stat}, made when it is read; it belongs to the process, not to the number. */
final class StatFile extends SimFile {

    private final SimProcess process;
    private boolean read;

    StatFile(SimProcess process) {
        this.process = process;
    }

    @Override
    long read(MemorySegment buffer, long count) {
        if (process.life == SimProcess.Life.GONE) {
            return -Faults.ESRCH;
        }
        if (read) {
            return 0;
        }
        read = true;
        byte[] line = process.stat().getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(line, 0, buffer, ValueLayout.JAVA_BYTE, 0, line.length);
        return line.length;
    }
}
