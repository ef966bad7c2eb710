package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/** Counts what a spawner does wrong, and logs the 1st, 2nd, 4th, 8th… of each kind. Read by any thread. */
final class Faults {

    private final AtomicLongArray counts = new AtomicLongArray(Fault.values().length);
    private final Consumer<String> log;

    Faults(Consumer<String> log) {
        this.log = requireNonNull(log);
    }

    /** @param detail without values; may be empty */
    void count(Fault fault, String detail) {
        long count = counts.incrementAndGet(fault.ordinal());
        if (Long.bitCount(count) == 1) {
            log.accept(
                    "spawner: " + fault.describe() + (detail.isEmpty() ? "" : ": " + detail) + " (no. " + count + ")");
        }
    }

    Map<Fault, Long> counts() {
        Map<Fault, Long> all = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            all.put(fault, counts.get(fault.ordinal()));
        }
        return all;
    }
}
