package dev.gatun.linux.proc;

/** Measures the memory of some processes at each tick of a watchdog. For one thread. */
public interface MemoryGauge extends AutoCloseable {

    /**
     * Looks now.
     *
     * @param thresholdBytes from how much on the figure must be exact, because something depends on it; below, a figure
     *     that is at least as large as the memory in use will do
     * @throws dev.gatun.linux.LinuxException when there is no descriptor or no memory for a look
     */
    Measurement measure(long thresholdBytes);

    /** Closes the files that are kept open from look to look. */
    @Override
    void close();
}
