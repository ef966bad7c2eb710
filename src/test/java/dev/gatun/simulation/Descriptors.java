package dev.gatun.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Our descriptors. */
final class Descriptors {

    private static final int LIMIT = 64;

    private final Kernel kernel;
    private final Map<Integer, SimFile> files = new TreeMap<>();
    private boolean ending;

    Descriptors(Kernel kernel) {
        this.kernel = kernel;
        files.put(0, new SimFile() {});
        files.put(1, new SimFile() {});
        files.put(2, new LogPipe(kernel));
    }

    LogPipe log() {
        return (LogPipe) files.get(2);
    }

    /** The lowest free number, or {@code -EMFILE}. */
    long install(SimFile file) {
        int number = 0;
        while (files.containsKey(number)) {
            number++;
        }
        if (number >= LIMIT) {
            return -Faults.EMFILE;
        }
        files.put(number, file);
        return number;
    }

    Optional<SimFile> find(int number) {
        return Optional.ofNullable(files.get(number));
    }

    <T extends SimFile> Optional<T> find(int number, Class<T> type) {
        return find(number).filter(type::isInstance).map(type::cast);
    }

    /** The loop is closed, its descriptors in any order. */
    void ending() {
        ending = true;
    }

    boolean close(int number) {
        for (SimFile file : files.values()) {
            if (!ending && file instanceof EpollFile epoll && epoll.watches(number)) {
                throw new Violation("descriptor " + number + " is closed and still watched");
            }
        }
        return files.remove(number) != null;
    }

    long nextExpiry() {
        long next = Agenda.NEVER;
        for (SimFile file : files.values()) {
            next = Math.min(next, file.expiry());
        }
        return next;
    }

    boolean isTimerArmed() {
        return nextExpiry() != Agenda.NEVER;
    }

    /** All above the standard streams. */
    String open() {
        StringBuilder list = new StringBuilder();
        files.forEach((number, file) -> {
            if (number > 2) {
                list.append(list.isEmpty() ? "" : " ")
                        .append(number)
                        .append(':')
                        .append(file.getClass().getSimpleName());
            }
        });
        return list.toString();
    }
}
