package dev.gatun.bench.launcher;

import java.util.concurrent.CompletableFuture;

/** One way to launch {@code /bin/true}-like programs from Java. */
interface Starter extends AutoCloseable {

    String name();

    /** Launches the program without capturing its output. The future completes with the exit code when that is known. */
    CompletableFuture<Integer> start() throws Exception;

    /** As {@link #start}, and returns when the program runs. */
    default CompletableFuture<Integer> startAndWaitUntilItRuns() throws Exception {
        return start();
    }

    @Override
    default void close() {}

    /** One that can capture output. */
    interface Capturing extends Starter {

        /**
         * Launches the program with both outputs captured. The future completes with the number of bytes that came when the
         * process has ended and its output has been read to the end.
         */
        CompletableFuture<Integer> capture() throws Exception;
    }
}
