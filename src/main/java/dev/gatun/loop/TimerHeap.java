package dev.gatun.loop;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers by their moments. Cancelled ones stay until they come to the top, so that to cancel costs nothing. */
final class TimerHeap {

    /** Not {@code comparingLong}: it would spin a lambda at start for nothing. */
    private static final class ByMoment implements Comparator<Timer> {
        @Override
        public int compare(Timer left, Timer right) {
            return Long.compare(left.atNanos(), right.atNanos());
        }
    }

    private final PriorityQueue<Timer> heap = new PriorityQueue<>(11, new ByMoment());

    void add(Timer timer) {
        heap.add(timer);
    }

    boolean isEmpty() {
        return heap.isEmpty();
    }

    /** When the next timer is due, {@link Timer#NEVER} without one. */
    long nextNanos() {
        dropCancelled();
        return heap.isEmpty() ? Timer.NEVER : heap.peek().atNanos();
    }

    /** Takes a timer that is due, or gives null. */
    Timer removeDue(long nowNanos) {
        dropCancelled();
        return !heap.isEmpty() && heap.peek().atNanos() <= nowNanos ? heap.remove() : null;
    }

    private void dropCancelled() {
        while (!heap.isEmpty() && heap.peek().isCancelled()) {
            heap.remove();
        }
    }
}
