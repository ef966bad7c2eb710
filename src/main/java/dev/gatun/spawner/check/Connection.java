package dev.gatun.spawner.check;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * One connection with a spawner: a thread reads lines into a transcript, another writes, so that a spawner which does not
 * read cannot keep us from reading.
 */
final class Connection implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Wire wire;
    private final Transcript transcript = new Transcript();
    private final Semaphore reading = new Semaphore(1);

    /** Empty: the end of the output. */
    private final BlockingQueue<Optional<byte[]>> outgoing = new LinkedBlockingQueue<>();

    Connection(Wire wire, String name) {
        this.wire = wire;
        start(this::read, name + " reader");
        start(this::write, name + " writer");
    }

    private static void start(Runnable work, String name) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    Transcript transcript() {
        return transcript;
    }

    /** Never waits. What cannot be written any more is lost; that is seen by the reply that does not come. */
    void write(byte[] bytes) {
        outgoing.add(Optional.of(bytes));
    }

    /** Ends the output behind all that was written. */
    void closeOutput() {
        outgoing.add(Optional.empty());
    }

    /** Leaves what comes in the pipe, but for what is being read just now. */
    void pauseReading() {
        reading.acquireUninterruptibly();
    }

    void resumeReading() {
        reading.release();
    }

    private void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        try {
            while (true) {
                int count = wire.read(buffer);
                if (count < 0) {
                    break;
                }
                transcript.add(buffer, count);
                reading.acquireUninterruptibly();
                reading.release();
            }
        } catch (IOException over) {
            // The end, as it were: the spawner has closed it, or we have.
        } finally {
            transcript.end();
        }
    }

    private void write() {
        try {
            for (Optional<byte[]> next = outgoing.take(); next.isPresent(); next = outgoing.take()) {
                wire.write(next.get());
            }
            wire.closeOutput();
        } catch (IOException over) {
            // As above.
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        outgoing.clear();
        outgoing.add(Optional.empty());
        try {
            wire.close();
        } catch (IOException already) {
            // Nothing is left to be done about it.
        }
    }
}
