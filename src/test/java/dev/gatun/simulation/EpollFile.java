package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An epoll instance, level-triggered. The order of what is ready is anybody's guess. */
final class EpollFile extends SimFile {

    /** One watched descriptor. */
    record Registration(SimFile file, int interest, long token) {}

    /** One event of a batch. */
    record Ready(int readiness, long token) {}

    private final Kernel kernel;
    private final Map<Integer, Registration> byDescriptor = new LinkedHashMap<>();
    private final Set<Long> batch = new HashSet<>();

    EpollFile(Kernel kernel) {
        this.kernel = kernel;
    }

    boolean watches(int descriptor) {
        return byDescriptor.containsKey(descriptor);
    }

    boolean add(int descriptor, Registration registration) {
        return byDescriptor.putIfAbsent(descriptor, registration) == null;
    }

    boolean modify(int descriptor, Registration registration) {
        return byDescriptor.replace(descriptor, registration) != null;
    }

    boolean remove(int descriptor) {
        Registration removed = byDescriptor.remove(descriptor);
        if (removed != null && batch.contains(removed.token())) {
            kernel.faults.happened(Faults.Kind.STALE_EVENT);
        }
        return removed != null;
    }

    int size() {
        return byDescriptor.size();
    }

    boolean isAnythingReady() {
        for (Registration registration : byDescriptor.values()) {
            if (readiness(registration) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int readiness(Registration registration) {
        return registration.file().readiness() & (registration.interest() | HUP);
    }

    List<Ready> take(int most) {
        List<Ready> all = new ArrayList<>();
        for (Registration registration : byDescriptor.values()) {
            int readiness = readiness(registration);
            if (readiness != 0) {
                all.add(kernel.dice.below(all.size() + 1), new Ready(readiness, registration.token()));
            }
        }
        List<Ready> taken = all.subList(0, Math.min(most, all.size()));
        batch.clear();
        // The one that is handled when its own watch ends is not stale; only those behind it are. A count of hints.
        taken.stream().skip(1).forEach(ready -> batch.add(ready.token()));
        return taken;
    }
}
