package dev.gatun.linux.cgroup;

import dev.gatun.linux.Fd;
import java.time.Duration;

/**
 * A descriptor by which the kernel says that it is time to measure memory, sooner than the next period. It only wakes: it
 * may come for no reason, and too late or never for one, so the period stays. For one thread.
 */
public sealed interface MemoryTrigger extends AutoCloseable permits UsageThreshold, LimitEvents, PressureStall {

    /**
     * For so long it should not be watched after it has come. A group that is full of cached files is at its limit all the
     * time without being short of memory, and that is news up to a hundred times a second.
     */
    Duration PAUSE = Duration.ofMillis(100);

    /** What to watch. */
    Fd fd();

    /** What for: {@code Epoll} bits. */
    int interest();

    /**
     * Takes the news, so that the descriptor is quiet until there is more.
     *
     * @param readiness the {@code Epoll} bits that were ready
     * @return false when there will never be news again, as the group is gone: it is to be closed then
     */
    boolean drain(int readiness);

    /** What it is about, in words. */
    String text();

    /** Ends it; after the end of the watch. */
    @Override
    void close();
}
