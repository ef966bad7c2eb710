package dev.gatun.engine.container;

import dev.gatun.process.ProcOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hands one output of a container on as it comes, at the pace of whoever reads it: what they are behind stays with the
 * engine. After a broken connection it reads again from the start and leaves out what it has handed on. One thread runs
 * it.
 */
final class OutputFollower {

    /** By then the engine has said that the container has ended, if that is why the output has. */
    private static final Duration END_FOLLOWS = Duration.ofSeconds(1);

    private final Semaphore room = new Semaphore(0);
    private final ProcOutput output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, room::release);
    private final Engine engine;
    private final String id;
    private final LogStream stream;
    private final Patience patience = new Patience();
    private long handedOn;

    OutputFollower(Engine engine, String id, LogStream stream) {
        this.engine = engine;
        this.id = id;
        this.stream = stream;
    }

    ProcOutput output() {
        return output;
    }

    /**
     * Hands on all there is.
     *
     * @param ended completes when the container has ended
     */
    void run(CompletableFuture<ContainerEnd> ended) {
        try {
            while (!follow(ended)) {
                patience.pause();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            output.end();
        }
    }

    /** @return whether that was all */
    private boolean follow(CompletableFuture<ContainerEnd> ended) throws InterruptedException {
        boolean hasEnded = ended.isDone();
        long[] read = {0};
        try (InputStream logs = engine.logs(id, stream, true, "all")) {
            LogFrames.read(logs, (bytes, offset, count) -> {
                int known = Math.clamp(handedOn - read[0], 0, count);
                read[0] += count;
                if (count > known) {
                    handOn(bytes, offset + known, count - known);
                }
            });
            return hasEnded || endsSoon(ended);
        } catch (EngineException failure) {
            // Not there, or kept by a logging driver that gives nothing back: an engine that has said so once says it again.
            return !failure.is(EngineException.Kind.UNREACHABLE);
        } catch (IOException lost) {
            return false;
        }
    }

    private void handOn(byte[] bytes, int offset, int count) throws InterruptedException {
        patience.renew();
        handedOn += count;
        if (!output.put(bytes, offset, count)) {
            room.acquire();
        }
    }

    private static boolean endsSoon(CompletableFuture<ContainerEnd> ended) throws InterruptedException {
        try {
            ended.get(END_FOLLOWS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException never) {
            return true;
        }
    }
}
