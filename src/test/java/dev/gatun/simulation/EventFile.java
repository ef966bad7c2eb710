package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An eventfd. */
final class EventFile extends SimFile {

    private long counter;

    EventFile(long initial) {
        counter = initial;
    }

    @Override
    int readiness() {
        return counter > 0 ? IN : 0;
    }

    @Override
    long read(MemorySegment buffer, long count) {
        if (counter == 0) {
            return -Faults.EAGAIN;
        }
        buffer.set(ValueLayout.JAVA_LONG, 0, counter);
        counter = 0;
        return 8;
    }

    @Override
    long write(MemorySegment buffer, long count) {
        counter += buffer.get(ValueLayout.JAVA_LONG, 0);
        return 8;
    }
}
