package dev.gatun.engine.container;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Longer and longer pauses between attempts, up to a few seconds. For one thread. */
final class Patience {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    void pause() throws InterruptedException {
        pause(Duration.ZERO, new CompletableFuture<>());
    }

    /**
     * Until something happens, at the longest.
     *
     * @param atLeast how long else, if that is longer
     */
    void pause(Duration atLeast, Future<?> event) throws InterruptedException {
        try {
            event.get(Math.max(next.toMillis(), atLeast.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException over) {
            // Time for another attempt.
        }
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** Something has worked. */
    void renew() {
        next = FIRST;
    }
}
