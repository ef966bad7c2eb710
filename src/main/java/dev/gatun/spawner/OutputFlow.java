package dev.gatun.spawner;

import dev.gatun.process.ProcOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One output of a process, from {@code log} events to whoever reads it. A reader that falls behind loses lines, and is
 * told how many: the connection carries the output and the exits of all processes, so it cannot wait for one.
 */
final class OutputFlow {

    private final ProcOutput output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, () -> hasRoom = true);
    private volatile boolean hasRoom = true;
    private long lostLines;

    ProcOutput output() {
        return output;
    }

    void lines(List<String> lines) {
        if (!hasRoom) {
            lostLines += lines.size();
            return;
        }
        StringBuilder text = new StringBuilder();
        appendLoss(text);
        for (String line : lines) {
            text.append(line).append('\n');
        }
        put(text);
    }

    private void appendLoss(StringBuilder text) {
        if (lostLines > 0) {
            text.append("... [").append(lostLines).append(" LINES LOST]\n");
            lostLines = 0;
        }
    }

    private void put(StringBuilder text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        // Before, since the reader may make room again while we are being told that there is none.
        hasRoom = false;
        if (output.put(bytes, 0, bytes.length)) {
            hasRoom = true;
        }
    }

    void end() {
        StringBuilder text = new StringBuilder();
        appendLoss(text);
        put(text);
        output.end();
    }
}
