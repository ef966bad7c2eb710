package dev.gatun.service.watchdog;

/** Takes a sample of the memory that the watchdog counts. For the loop's thread. */
@FunctionalInterface
public interface MemoryGauge {

    /**
     * What is in use now.
     *
     * @param exactFromBytes below it an estimate that is not too low will do; from here on somebody acts on it
     * @return bytes, or a negative number where nothing can be read
     */
    long measure(long exactFromBytes);
}
