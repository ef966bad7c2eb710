package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** A signalfd; all signals to us are taken to be in its mask. */
final class SignalFile extends SimFile {

    private static final int INFO_BYTES = 128;

    private final Inbox inbox;

    SignalFile(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    int readiness() {
        return inbox.isEmpty() ? 0 : IN;
    }

    @Override
    long read(MemorySegment buffer, long count) {
        long at = 0;
        while (!inbox.isEmpty() && at + INFO_BYTES <= count) {
            Map.Entry<Integer, Integer> signal = inbox.take();
            buffer.set(ValueLayout.JAVA_INT, at, signal.getKey());
            buffer.set(ValueLayout.JAVA_INT, at + 12, signal.getValue());
            buffer.set(ValueLayout.JAVA_INT, at + 16, 0);
            at += INFO_BYTES;
        }
        return at == 0 ? -Faults.EAGAIN : at;
    }
}
