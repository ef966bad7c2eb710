package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line. Off for most runs: a failing seed is run once more with the trace on. */
final class Trace {

    private final boolean on;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean on) {
        this.on = on;
    }

    void add(long nanos, Supplier<String> line) {
        if (on) {
            lines.add(String.format("%12.6f  %s", nanos / 1e9, line.get()));
        }
    }

    String text() {
        return String.join("\n", lines);
    }
}
