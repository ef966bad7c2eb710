package dev.gatun.simulation;

import java.util.PriorityQueue;

/** What will happen in the simulated world without any doing of ours, by the moment; what is due at once in its order. */
final class Agenda {

    static final long NEVER = Long.MAX_VALUE;

    private record Entry(long nanos, long number, Runnable happening) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long last;

    void at(long nanos, Runnable happening) {
        entries.add(new Entry(nanos, ++last, happening));
    }

    long nextNanos() {
        return entries.isEmpty() ? NEVER : entries.peek().nanos();
    }

    Runnable removeNext() {
        return entries.remove().happening();
    }
}
