package dev.gatun.linux;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A platform thread for one body: signal mask, user and capabilities are a thread's own as far as the kernel is
 * concerned, and go with it.
 */
final class OwnThread {

    private OwnThread() {}

    interface Body {
        void run() throws Exception;
    }

    static void run(Body body) throws Exception {
        call(() -> {
            body.run();
            return null;
        });
    }

    static <T> T call(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofPlatform().start(task).join();
        try {
            return task.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failure.getCause();
        }
    }
}
