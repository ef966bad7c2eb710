package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.loop.EventLoop;
import java.time.Duration;

/**
 * An event loop in a daemon thread of its own, for programs that have their own use for their threads. What a handler
 * throws goes to the log of the platform ({@link System.Logger}) unless said otherwise, and the loop goes on. Thread-safe.
 */
public final class LoopThread implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final Thread thread;

    private LoopThread(EventLoop loop, String name) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /**
     * Opens a loop and starts its thread.
     *
     * @throws dev.gatun.linux.LinuxException when there are no descriptors left
     */
    public static LoopThread start(Libc libc, String name) {
        return start(libc, name, LoopThread::report);
    }

    /**
     * Opens a loop and starts its thread.
     *
     * @param errorHandler gets what a handler throws, in place of the log
     * @throws dev.gatun.linux.LinuxException when there are no descriptors left
     */
    public static LoopThread start(Libc libc, String name, EventLoop.ErrorHandler errorHandler) {
        LoopThread loopThread = new LoopThread(EventLoop.open(libc, errorHandler), requireNonNull(name));
        loopThread.thread.start();
        return loopThread;
    }

    private static void report(Throwable problem) {
        System.getLogger("dev.gatun.process").log(System.Logger.Level.ERROR, "an event was not handled", problem);
    }

    private void run() {
        loop.run();
        loop.close();
    }

    /** The loop; only {@code post} and {@code stop} are for other threads than its own. */
    public EventLoop loop() {
        return loop;
    }

    /** Waits for the end of the loop, which somebody has stopped or will; not on its own thread. */
    public void await(Duration limit) {
        if (Thread.currentThread() != thread) {
            try {
                thread.join(limit);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the loop when the event at hand has been handled, and waits for that. */
    @Override
    public void close() {
        loop.stop();
        await(PATIENCE);
    }
}
