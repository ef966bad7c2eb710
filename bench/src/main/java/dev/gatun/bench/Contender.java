package dev.gatun.bench;

import java.io.IOException;

/**
 * One way to start a program. Every one of them returns to its caller when the child's program runs: {@code vfork}
 * suspends the caller until then, and {@code ProcessBuilder} waits for the end of a close-on-exec pipe. So the time
 * until it returns is the time to the exec, for all of them alike.
 */
interface Contender extends AutoCloseable {

    String name();

    /**
     * Starts the program so many times, one after the other, waiting for the end of each before the next, and reports
     * how long each start took. The wait is not measured.
     */
    void measure(int count, Samples into) throws Exception;

    @Override
    default void close() throws IOException {}
}
