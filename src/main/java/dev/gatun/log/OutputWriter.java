package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;

/**
 * Carries output to where it may have to wait, without letting whoever produces it wait: a bounded buffer and a thread.
 * Where the destination is slower than the output for long, or fails, lines are lost and counted, and a line in the
 * output says so ({@link LossNotice}). A failed write is tried again with a growing delay, and what is in the buffer is
 * kept meanwhile. Thread-safe.
 *
 * <p>A thread and not a watch on the event loop: epoll knows no regular files, no disk ever answers "not now", a terminal
 * takes part of a write and waits with the rest, and a descriptor that others share cannot be made non-blocking for us
 * alone. The thread is a daemon, starts with the first bytes, and sleeps when there are none.
 */
public final class OutputWriter {

    public static final int DEFAULT_BUFFER_BYTES = 1 << 20;

    private static final int BLOCK_BYTES = 1 << 14;
    private static final long STACK_BYTES = 1 << 18;
    private static final long FIRST_DELAY_MILLIS = 100;
    private static final long MAX_DELAY_MILLIS = 5_000;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final Destination destination;
    private final OutageListener listener;
    private final Object lock = new Object();
    private final LossyBuffer buffer;
    private Thread thread;
    private boolean isClosing;
    private boolean isAbandoned;

    /**
     * A writer that has not written yet.
     *
     * @param bufferBytes how much is kept for a slow destination, 4096 or more
     */
    public OutputWriter(Destination destination, int bufferBytes, LossNotice notice, OutageListener listener) {
        this.destination = requireNonNull(destination);
        this.buffer = new LossyBuffer(bufferBytes, notice);
        this.listener = requireNonNull(listener);
    }

    /**
     * Hands bytes over, and does not wait. They should be whole lines: what there is no room for is lost by lines.
     */
    public void put(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        synchronized (lock) {
            boolean wasEmpty = buffer.isEmpty();
            buffer.put(bytes, offset, length);
            if (thread == null) {
                startThread();
            } else if (wasEmpty) {
                lock.notifyAll();
            }
        }
    }

    /** How many lines are missing or not whole so far. */
    public long lostLines() {
        synchronized (lock) {
            return buffer.lostLines();
        }
    }

    /** How many bytes of output are missing so far. */
    public long lostBytes() {
        synchronized (lock) {
            return buffer.lostBytes();
        }
    }

    /**
     * Ends it: waits until all is written, but not for longer than the limit. What is not written by then is lost. Not
     * to be used after.
     *
     * @return whether everything was written
     */
    public boolean close(Duration limit) {
        Thread writing;
        synchronized (lock) {
            isClosing = true;
            if (thread == null && !buffer.isEmpty()) {
                startThread();
            }
            lock.notifyAll();
            writing = thread;
        }
        boolean ended = writing == null || join(writing, limit);
        synchronized (lock) {
            isAbandoned = true;
            lock.notifyAll();
            return ended && buffer.isEmpty();
        }
    }

    private static boolean join(Thread writing, Duration limit) {
        try {
            return writing.join(limit);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void startThread() {
        Thread starting = new Thread(null, this::run, "gatun-output", STACK_BYTES);
        starting.setDaemon(true);
        try {
            starting.start();
            thread = starting;
        } catch (OutOfMemoryError noThread) {
            // At the limit of processes there is none (pthread_create(3), EAGAIN). The next bytes try again.
            thread = null;
        }
    }

    private void run() {
        try {
            byte[] block = new byte[BLOCK_BYTES];
            int length = await(block);
            while (length > 0 && write(block, length)) {
                length = await(block);
            }
            destination.close();
        } finally {
            // Where it was an error that ended it, the next bytes start another.
            synchronized (lock) {
                thread = null;
            }
        }
    }

    /** Waits for bytes; 0 at the end. */
    private int await(byte[] block) {
        synchronized (lock) {
            while (buffer.isEmpty() && !isClosing) {
                sleep(0);
            }
            if (buffer.isEmpty()) {
                buffer.finish();
            }
            return buffer.take(block);
        }
    }

    /** Writes a block, however long that takes; false when it was given up at the end. */
    private boolean write(byte[] block, int length) {
        int at = 0;
        long delay = 0;
        while (at < length) {
            try {
                at += destination.write(block, at, length - at);
                if (delay > 0) {
                    delay = 0;
                    tellThatItWorks();
                }
            } catch (IOException | RuntimeException | Error problem) {
                destination.close();
                if (delay == 0) {
                    tellOf(problem);
                }
                delay = delay == 0 ? FIRST_DELAY_MILLIS : Math.min(2 * delay, MAX_DELAY_MILLIS);
                if (!pause(delay)) {
                    abandon(block, at, length);
                    return false;
                }
            }
        }
        return true;
    }

    private void tellOf(Throwable problem) {
        try {
            listener.writingFailed(String.valueOf(problem.getMessage()));
        } catch (RuntimeException theirs) {
            // What goes wrong in a listener is not to keep the output from going on.
        }
    }

    private void tellThatItWorks() {
        try {
            listener.writingWorksAgain();
        } catch (RuntimeException theirs) {
            // As above.
        }
    }

    /** Waits, until the end is asked for at most: that is the time for one more try. False when it is too late. */
    private boolean pause(long millis) {
        synchronized (lock) {
            boolean wasClosing = isClosing;
            long left = isClosing ? FIRST_DELAY_MILLIS : millis;
            long until = System.nanoTime() + left * NANOS_A_MILLI;
            while (left > 0 && !isAbandoned && isClosing == wasClosing) {
                sleep(left);
                left = (until - System.nanoTime() + NANOS_A_MILLI - 1) / NANOS_A_MILLI;
            }
            return !isAbandoned;
        }
    }

    private void abandon(byte[] block, int offset, int end) {
        synchronized (lock) {
            buffer.abandon(block, offset, end);
        }
    }

    private void sleep(long millis) {
        try {
            lock.wait(millis);
        } catch (InterruptedException nobodysBusiness) {
            // Nobody has this thread to interrupt it; and if somebody did, there would still be output to write.
        }
    }
}
