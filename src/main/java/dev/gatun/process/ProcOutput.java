package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;

/**
 * One output of a launched process, between the launcher that gets it and whoever wants to have it. Thread-safe.
 *
 * <p>Whoever has asked for the output of a process says once what is to become of it: {@link #stream} is read at the
 * reader's pace; {@link #forward} tells of everything as it comes; {@link #discard} has no use for it. Until one of them is
 * called, and whenever a reader falls behind, the process waits as soon as the buffer and its pipe are full, as at any
 * pipe: nothing is lost.
 */
public final class ProcOutput {

    /** Takes output as it comes, on the launcher's thread. It must not wait. */
    public interface Receiver {

        /**
         * Bytes that came.
         *
         * @param bytes valid until this returns
         */
        void bytes(byte[] bytes, int offset, int count);

        /** Nothing more will come. Called once. */
        default void end() {}
    }

    /** What a pipe holds (pipe(7)). */
    public static final int DEFAULT_CAPACITY_BYTES = 1 << 16;

    private enum Consumer {
        /** Nobody yet, or a reader. */
        BUFFER,
        RECEIVER,
        /** Nobody any more. */
        NONE
    }

    private final int capacityBytes;
    private final Runnable roomAgain;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private Consumer consumer = Consumer.BUFFER;
    private boolean isClaimed;
    private Receiver receiver;

    /** Of the first chunk, how much has been taken. */
    private int taken;

    private int bufferedBytes;
    private boolean hasEnded;
    private boolean isFull;

    /**
     * An output that nothing has come from.
     *
     * @param capacityBytes how much is kept for one who is not there yet, or behind, before the process has to wait
     * @param roomAgain run, on any thread, when {@link #put} has answered false and it would be true again
     */
    public ProcOutput(int capacityBytes, Runnable roomAgain) {
        if (capacityBytes < 1) {
            throw new IllegalArgumentException("a buffer has at least 1 byte, not " + capacityBytes);
        }
        this.capacityBytes = capacityBytes;
        this.roomAgain = requireNonNull(roomAgain);
    }

    /**
     * Takes what has come; for one launcher's thread.
     *
     * @return false where the buffer is full: the launcher is to read no more until there is room again. What it puts all
     *     the same is kept
     */
    public boolean put(byte[] bytes, int offset, int count) {
        Receiver told;
        synchronized (this) {
            if (hasEnded || consumer == Consumer.NONE || count == 0) {
                return true;
            }
            told = consumer == Consumer.RECEIVER ? receiver : null;
            if (told == null) {
                keep(bytes, offset, count);
                isFull = bufferedBytes >= capacityBytes;
                notifyAll();
                return !isFull;
            }
        }
        told.bytes(bytes, offset, count);
        return true;
    }

    private void keep(byte[] bytes, int offset, int count) {
        byte[] chunk = new byte[count];
        System.arraycopy(bytes, offset, chunk, 0, count);
        chunks.addLast(chunk);
        bufferedBytes += count;
    }

    private void consume(int count) {
        taken += count;
        bufferedBytes -= count;
        if (taken == chunks.getFirst().length) {
            chunks.removeFirst();
            taken = 0;
        }
    }

    /** Says that nothing more will come; for the launcher's thread. A second call does nothing. */
    public void end() {
        Receiver told;
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
            told = consumer == Consumer.RECEIVER ? receiver : null;
            notifyAll();
        }
        if (told != null) {
            told.end();
        }
    }

    /**
     * The output, to be read by one thread. To close it gives the rest away.
     *
     * @throws IllegalStateException where somebody has it already
     */
    public synchronized InputStream stream() {
        claim();
        return new Reader();
    }

    /**
     * Has the output told to a receiver: first what is there by now, in this thread, then what comes, in the launcher's.
     *
     * @throws IllegalStateException where somebody has it already
     */
    public void forward(Receiver newReceiver) {
        requireNonNull(newReceiver);
        boolean wasFull;
        // What comes meanwhile must not overtake what was there, so the lock is kept.
        synchronized (this) {
            claim();
            while (!chunks.isEmpty()) {
                byte[] chunk = chunks.getFirst();
                int from = taken;
                consume(chunk.length - from);
                newReceiver.bytes(chunk, from, chunk.length - from);
            }
            consumer = Consumer.RECEIVER;
            receiver = newReceiver;
            if (hasEnded) {
                newReceiver.end();
            }
            wasFull = isFull;
            isFull = false;
        }
        if (wasFull) {
            roomAgain.run();
        }
    }

    /**
     * Has whatever comes thrown away, for those who want to have the tail alone.
     *
     * @throws IllegalStateException where somebody has it already
     */
    public void discard() {
        synchronized (this) {
            claim();
        }
        giveUp();
    }

    private void claim() {
        if (isClaimed) {
            throw new IllegalStateException("this output has been given to somebody already");
        }
        isClaimed = true;
    }

    private int take(byte[] into, int offset, int count) throws InterruptedException {
        int copied;
        boolean hasRoom;
        synchronized (this) {
            while (bufferedBytes == 0 && !hasEnded && consumer != Consumer.NONE) {
                wait();
            }
            if (bufferedBytes == 0) {
                return -1;
            }
            byte[] chunk = chunks.getFirst();
            copied = Math.min(count, chunk.length - taken);
            System.arraycopy(chunk, taken, into, offset, copied);
            consume(copied);
            // Half empty, and not one byte: the launcher would be woken for each read.
            hasRoom = isFull && bufferedBytes <= capacityBytes / 2;
            isFull &= !hasRoom;
        }
        if (hasRoom) {
            roomAgain.run();
        }
        return copied;
    }

    private void giveUp() {
        boolean wasFull;
        synchronized (this) {
            consumer = Consumer.NONE;
            chunks.clear();
            taken = 0;
            bufferedBytes = 0;
            wasFull = isFull;
            isFull = false;
            notifyAll();
        }
        if (wasFull) {
            roomAgain.run();
        }
    }

    private final class Reader extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            try {
                return take(into, offset, count);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for output", stopped);
            }
        }

        @Override
        public int available() {
            synchronized (ProcOutput.this) {
                return bufferedBytes;
            }
        }

        @Override
        public void close() {
            giveUp();
        }
    }
}
