package dev.gatun.bench.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's own. Its outputs are read by a virtual thread each. */
final class ProcessBuilderStarter implements Starter.Capturing {

    private final List<String> command;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    ProcessBuilderStarter(List<String> command) {
        this.command = command;
    }

    @Override
    public String name() {
        return "`ProcessBuilder`";
    }

    @Override
    public CompletableFuture<Integer> start() throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().thenApply(Process::exitValue);
    }

    @Override
    public CompletableFuture<Integer> capture() throws IOException {
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        CompletableFuture<Integer> output =
                CompletableFuture.supplyAsync(() -> read(process.getInputStream()), readers);
        CompletableFuture<Integer> error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), readers);
        return process.onExit().thenCombine(output.thenCombine(error, Integer::sum), (ended, bytes) -> bytes);
    }

    private static int read(InputStream stream) {
        byte[] buffer = new byte[8192];
        int sum = 0;
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                sum += count;
            }
            return sum;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
