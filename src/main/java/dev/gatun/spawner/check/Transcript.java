package dev.gatun.spawner.check;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The lines that came, in order. One thread adds, others wait for what they look for. */
final class Transcript {

    /** A longer line is cut: it is no message anyway. */
    private static final int MOST_BYTES = 2 << 20;

    private final List<Line> lines = new ArrayList<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private boolean ended;

    synchronized void add(byte[] bytes, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i - start);
                lines.add(Line.of(partial.toByteArray()));
                partial.reset();
                start = i + 1;
            }
        }
        keep(bytes, start, count - start);
        notifyAll();
    }

    private void keep(byte[] bytes, int offset, int count) {
        partial.write(bytes, offset, Math.min(count, MOST_BYTES - partial.size()));
    }

    synchronized void end() {
        if (partial.size() > 0) {
            lines.add(Line.of(partial.toByteArray()));
            partial.reset();
        }
        ended = true;
        notifyAll();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    /**
     * Waits until something is found among the lines, the stream has ended or the time is over.
     *
     * @param find what is looked for; it is asked anew whenever lines have come
     */
    synchronized <T> Optional<T> await(Function<List<Line>, Optional<T>> find, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<T> found = find.apply(Collections.unmodifiableList(lines));
            long leftMillis = (end - System.nanoTime() + 999_999) / 1_000_000;
            if (found.isPresent() || ended || leftMillis <= 0) {
                return found;
            }
            sleep(leftMillis);
        }
    }

    /** Whether the stream ends in this time. */
    synchronized boolean awaitEnd(Duration timeout) {
        await(_ -> Optional.empty(), timeout);
        return ended;
    }

    private void sleep(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
