package dev.gatun.engine.container;

import dev.gatun.process.ProcOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Hands one output of a container on as it comes, at the pace of whoever reads it: what they are behind stays with the
 * engine. Whenever the stream ends it reads again from the start and leaves out what it has handed on, the last time
 * when the container has ended: connections break, engines restart. Where the engine leaves out lines when it is to
 * follow, nothing but that is done, from time to time. One thread runs it.
 */
final class OutputFollower {

    /** Of the engine's time, since it reads everything again. */
    private static final int SHARE_OF_POLLING = 10;

    private final Semaphore room = new Semaphore(0);
    private final ProcOutput output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, room::release);
    private final Engine engine;
    private final String id;
    private final LogStream stream;
    private final boolean follows;
    private final Patience patience = new Patience();
    private long handedOn;

    /** @param follows whether the engine may be asked to follow; else it is read again and again */
    OutputFollower(Engine engine, String id, LogStream stream, boolean follows) {
        this.engine = engine;
        this.id = id;
        this.stream = stream;
        this.follows = follows;
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
            boolean isComplete = false;
            while (!isComplete) {
                boolean hasEnded = ended.isDone();
                Instant begun = Instant.now();
                isComplete = read(follows && !hasEnded) && hasEnded;
                if (!isComplete) {
                    Duration took = Duration.between(begun, Instant.now());
                    patience.pause(follows ? Duration.ZERO : took.multipliedBy(SHARE_OF_POLLING), ended);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            output.end();
        }
    }

    /** @return whether the engine gave all it has */
    private boolean read(boolean toTheEnd) throws InterruptedException {
        long[] read = {0};
        try (InputStream logs = engine.logs(id, stream, toTheEnd, "all")) {
            LogFrames.read(logs, (bytes, offset, count) -> {
                int known = Math.clamp(handedOn - read[0], 0, count);
                read[0] += count;
                if (count > known) {
                    handOn(bytes, offset + known, count - known);
                }
            });
            return true;
        } catch (EngineException failure) {
            // Removed, or kept by a logging driver that gives nothing back.
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
}
