package dev.gatun.process;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that children are made by. It has to live as long as they do: the parent death signal goes by the
 * thread that made a child, not by its process (prctl(2)), and a caller's thread may end at any time. It is not the
 * loop's: whoever executes a program on a file system that hangs stands still until it answers, and exits and stops of
 * other processes are not to wait for that. Thread-safe.
 */
final class SpawnThread implements AutoCloseable {

    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;

    SpawnThread(String name) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    private void run() {
        try {
            for (Runnable task = tasks.take(); task != END; task = tasks.take()) {
                task.run();
            }
        } catch (InterruptedException unexpected) {
            // Nobody has this thread to interrupt it.
            Thread.currentThread().interrupt();
        }
    }

    /** Has the thread run a task, which must not throw. */
    void execute(Runnable task) {
        tasks.add(task);
    }

    /** Ends the thread behind what it has to do by now, and with it all children with a parent death signal. */
    @Override
    public void close() {
        tasks.add(END);
    }
}
