package dev.gatun.simulation;

import java.util.LinkedHashMap;
import java.util.Map;

/** Signals that are pending for us. A standard signal is pending or it is not: two before a read are one. */
final class Inbox {

    private final Kernel kernel;
    private final Map<Integer, Integer> senderBySignal = new LinkedHashMap<>();

    Inbox(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A signal is on its way; it may be slow. */
    void send(int signal, int sender) {
        long delay = kernel.faults.signalDelay();
        if (delay == 0) {
            arrive(signal, sender);
        } else {
            kernel.after(delay, () -> arrive(signal, sender));
        }
    }

    private void arrive(int signal, int sender) {
        if (senderBySignal.putIfAbsent(signal, sender) != null) {
            kernel.faults.happened(Faults.Kind.COALESCED_SIGNAL);
        }
        kernel.trace(() -> "signal " + signal + " is pending for us");
    }

    boolean isEmpty() {
        return senderBySignal.isEmpty();
    }

    Map.Entry<Integer, Integer> take() {
        Map.Entry<Integer, Integer> first = senderBySignal.entrySet().iterator().next();
        senderBySignal.remove(first.getKey());
        return first;
    }
}
