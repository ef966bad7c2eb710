package dev.gatun.engine.systemd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The thread that reads what the units of a launcher write. Its methods are for any thread, unless they say else. */
final class OutputReader implements AutoCloseable {

    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    private OutputReader(Selector selector) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("gatun-systemd-output").unstarted(this::run);
    }

    static OutputReader start() throws IOException {
        OutputReader reader = new OutputReader(Selector.open());
        reader.thread.start();
        return reader;
    }

    /** Has the reader's thread run a task, which must not wait. After {@link #close} nobody does. */
    void post(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** For the tasks. */
    Selector selector() {
        return selector;
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (ClosedSelectorException closed) {
            // That was close().
        } catch (IOException broken) {
            throw new UncheckedIOException("the output of processes cannot be waited for", broken);
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((OutputSocket) key.attachment()).ready();
        } catch (CancelledKeyException gone) {
            // The socket was closed by a handler before this one.
        }
    }

    /** Ends every output that is still open, and the thread. */
    @Override
    public void close() {
        post(() -> {
            selector.keys().stream().map(key -> (OutputSocket) key.attachment()).distinct().toList()
                    .forEach(OutputSocket::end);
            try {
                selector.close();
            } catch (IOException useless) {
                // Nothing is registered any more.
            }
        });
        try {
            thread.join(1000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
