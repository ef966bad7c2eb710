package dev.gatun.bench.launcher;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcess;
import com.zaxxer.nuprocess.NuProcessBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** NuProcess, which always makes pipes. */
final class NuProcessStarter implements Starter.Capturing {

    private final List<String> command;

    NuProcessStarter(List<String> command) {
        this.command = command;
    }

    @Override
    public String name() {
        return "NuProcess";
    }

    private static final class Handler extends NuAbstractProcessHandler {
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final AtomicInteger bytes = new AtomicInteger();

        @Override
        public void onStdout(ByteBuffer buffer, boolean closed) {
            bytes.addAndGet(buffer.remaining());
            buffer.position(buffer.limit());
        }

        @Override
        public void onStderr(ByteBuffer buffer, boolean closed) {
            onStdout(buffer, closed);
        }

        @Override
        public void onExit(int code) {
            exit.complete(code);
        }
    }

    private Handler launch() {
        Handler handler = new Handler();
        NuProcess process = new NuProcessBuilder(handler, command).start();
        if (process == null) {
            throw new IllegalStateException("NuProcess did not start " + command);
        }
        return handler;
    }

    @Override
    public CompletableFuture<Integer> start() {
        return launch().exit;
    }

    @Override
    public CompletableFuture<Integer> capture() {
        Handler handler = launch();
        return handler.exit.thenApply(code -> handler.bytes.get());
    }
}
