package dev.gatun.engine.systemd;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What the units of one launcher share.
 *
 * @param state the one thread that owns all state of units; it never waits
 * @param workers the threads that wait for the bus
 * @param token of the launcher
 * @param managerVersion of systemd
 */
record UnitContext(
        SystemdSettings settings,
        String token,
        int managerVersion,
        BusLink link,
        ScheduledExecutorService state,
        ExecutorService workers,
        OutputReader outputs,
        RuntimeFolder folder) {

    /** A task that calls the manager. */
    @FunctionalInterface
    interface BusTask {
        void run(ManagerConnection connection) throws BusException;
    }

    /** Has a worker do something over the bus, and the state's thread hear of it. */
    void call(BusTask task, Runnable done, Consumer<BusException> failed) {
        inBackground(() -> {
            try {
                task.run(link.connection());
                post(done);
            } catch (BusException problem) {
                post(() -> failed.accept(problem));
            }
        });
    }

    void inBackground(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException closed) {
            // The launcher has been closed, and has answered for everything itself.
        }
    }

    void post(Runnable task) {
        try {
            state.execute(task);
        } catch (RejectedExecutionException closed) {
            // As above.
        }
    }

    /** The end of the launcher. What is under way is not waited for. */
    void release() {
        state.shutdownNow();
        link.close();
        workers.shutdownNow();
        outputs.close();
        try {
            folder.close();
        } catch (IOException leftBehind) {
            // An empty folder in a file system that is in memory: not worth a failure.
        }
    }
}
