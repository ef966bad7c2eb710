package dev.gatun.process;

import dev.gatun.linux.Fd;
import dev.gatun.linux.NativeMemory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/** Reads what comes from a descriptor, for one line. */
final class LineReader {

    private final Fd source;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), 256);
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    LineReader(Fd source) {
        this.source = source;
    }

    /** Once, when the descriptor is readable. */
    void read() {
        long count = source.read(buffer.segment());
        if (count > 0) {
            text.append(new String(buffer.get(0, (int) count), StandardCharsets.UTF_8));
        } else {
            ended = true;
        }
    }

    boolean hasLine() {
        return ended || text.indexOf("\n") >= 0;
    }

    String line() {
        return text.substring(0, text.indexOf("\n"));
    }
}
