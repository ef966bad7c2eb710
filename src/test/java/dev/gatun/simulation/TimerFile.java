package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A timerfd, one-shot and by absolute time. */
final class TimerFile extends SimFile {

    private final Kernel kernel;
    private long expiry = Agenda.NEVER;

    TimerFile(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A new setting takes an expiry that nobody has read with it. */
    void set(long seconds, long nanos) {
        boolean disarmed = seconds == 0 && nanos == 0;
        expiry = disarmed ? Agenda.NEVER : seconds * Kernel.NANOS_PER_SECOND + nanos;
    }

    boolean isArmed() {
        return expiry != Agenda.NEVER;
    }

    @Override
    int readiness() {
        return expiry <= kernel.now() ? IN : 0;
    }

    @Override
    long expiry() {
        return expiry;
    }

    @Override
    long read(MemorySegment buffer, long count) {
        if (readiness() == 0) {
            return -Faults.EAGAIN;
        }
        expiry = Agenda.NEVER;
        buffer.set(ValueLayout.JAVA_LONG, 0, 1);
        return 8;
    }
}
