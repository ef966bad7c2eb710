package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Pipe;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.time.Duration;

/**
 * Reads a pipe whenever there is something in it. Each time it reads what a pipe holds as a rule and no more, so that one
 * process that floods its output leaves the loop to the others; epoll tells again of what is left. For the loop's thread.
 */
public final class OutputPump implements AutoCloseable {

    /** Takes what is read, on the loop's thread. It must not wait. */
    public interface Sink {

        /**
         * Bytes that came.
         *
         * @param bytes valid until this returns
         * @param count how many of them, from the first on
         */
        void bytes(byte[] bytes, int count);

        /**
         * Nothing more will come. Called once.
         *
         * @param isComplete whether every writer has closed the pipe; else some go on and were given up
         */
        void end(boolean isComplete);
    }

    /** 64 KiB, what a pipe holds unless somebody changed that (pipe(7)). */
    private static final int READS_AT_A_TIME = (1 << 16) / ReadBuffer.SIZE_BYTES;

    /** 1 MiB, the most that an unprivileged user can make a pipe hold. */
    private static final int READS_OF_A_FULL_PIPE = (1 << 20) / ReadBuffer.SIZE_BYTES;

    private final EventLoop loop;
    private final Pipe.End source;
    private final ReadBuffer buffer;
    private final Sink sink;
    private Watch watch;
    private Timer deadline;
    private boolean isPaused;

    /**
     * Begins to read.
     *
     * @param source is made non-blocking, and closed at the end; it is the caller's still if this throws
     * @throws dev.gatun.linux.LinuxException when there is no watch left
     */
    OutputPump(EventLoop loop, Pipe.End source, ReadBuffer buffer, Sink sink) {
        this.loop = requireNonNull(loop);
        this.source = requireNonNull(source);
        this.buffer = requireNonNull(buffer);
        this.sink = requireNonNull(sink);
        source.makeNonBlocking();
        watch();
    }

    /** Begins to read from a pipe, as the other; with memory of its own to read into. */
    public OutputPump(EventLoop loop, Pipe.End source, Sink sink) {
        this(loop, source, new ReadBuffer(), sink);
    }

    private void watch() {
        watch = loop.watch(source, Epoll.READABLE, readiness -> read(READS_AT_A_TIME));
    }

    /** Leaves what comes in the pipe, so that its writers have to wait, until {@link #resume}; {@link #drain} reads all the same. */
    void pause() {
        if (!hasEnded() && !isPaused) {
            isPaused = true;
            watch.cancel();
        }
    }

    /** Reads again. */
    void resume() {
        if (!hasEnded() && isPaused) {
            isPaused = false;
            watch();
        }
    }

    public boolean hasEnded() {
        return !source.isOpen();
    }

    /** Reads at once what is there, 1 MiB at most, paused or not: after the end of a process, its last words. */
    public void drain() {
        int count = ReadBuffer.SIZE_BYTES;
        for (int reads = 0; reads < READS_OF_A_FULL_PIPE && count == ReadBuffer.SIZE_BYTES && !hasEnded(); reads++) {
            count = readOnce();
        }
    }

    /**
     * Sets a limit to the wait for the end: somebody else may hold the pipe, a daemon that the process has left behind.
     * When it is over, what is there is read and the pipe is closed. A second call changes nothing.
     */
    public void finish(Duration limit) {
        if (!hasEnded() && deadline == null) {
            deadline = loop.schedule(limit, this::close);
        }
    }

    /** Reads what is there and closes the pipe, whoever still writes to it. */
    @Override
    public void close() {
        drain();
        end(false);
    }

    /** Closes the pipe and tells nobody. */
    void discard() {
        if (!hasEnded()) {
            watch.cancel();
            source.close();
            if (deadline != null) {
                deadline.cancel();
            }
        }
    }

    private void read(int most) {
        int count = ReadBuffer.SIZE_BYTES;
        // Less than what was asked for means that the pipe is empty: one system call less.
        for (int reads = 0; reads < most && count == ReadBuffer.SIZE_BYTES && !isPaused && !hasEnded(); reads++) {
            count = readOnce();
        }
    }

    private int readOnce() {
        int count = buffer.read(source);
        if (count > 0) {
            sink.bytes(buffer.bytes(), count);
        } else if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
            end(true);
        }
        return count;
    }

    private void end(boolean isComplete) {
        if (!hasEnded()) {
            discard();
            sink.end(isComplete);
        }
    }
}
