package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;

/** What a descriptor refers to. */
abstract class SimFile {

    static final int IN = 1;
    static final int OUT = 4;
    static final int HUP = 16;

    /** What epoll and poll would report now. */
    int readiness() {
        return 0;
    }

    /** When it becomes ready by the clock alone. */
    long expiry() {
        return Agenda.NEVER;
    }

    long read(MemorySegment buffer, long count) {
        return -Faults.EINVAL;
    }

    long write(MemorySegment buffer, long count) {
        return -Faults.EINVAL;
    }
}
