package dev.gatun.engine.container;

import java.time.Duration;

/** Longer and longer pauses between attempts, up to a few seconds. For one thread. */
final class Patience {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    void pause() throws InterruptedException {
        Thread.sleep(next);
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** Something has worked. */
    void renew() {
        next = FIRST;
    }
}
