package dev.gatun.bench.launcher;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.NativeProcLauncher;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcOutput;
import dev.gatun.process.Stdio;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link NativeProcLauncher}. */
final class ApiStarter implements Starter.Capturing {

    private final NativeProcLauncher launcher = NativeProcLauncher.open();
    private final AtomicInteger ids = new AtomicInteger();
    private final LaunchOptions plain;
    private final LaunchOptions captured;

    ApiStarter(String program, String... arguments) {
        plain = LaunchOptions.builder(program, arguments).build();
        captured = LaunchOptions.builder(program, arguments).wantsOutput(true).build();
    }

    @Override
    public String name() {
        return "Gatun, `NativeProcLauncher`";
    }

    private CompletionStage<Launched> launch(LaunchOptions options) {
        return launcher.launch(new ProcId("p" + ids.incrementAndGet()), options);
    }

    @Override
    public CompletableFuture<Integer> start() {
        return launch(plain).thenCompose(Launched::exit).thenApply(ApiStarter::code).toCompletableFuture();
    }

    @Override
    public CompletableFuture<Integer> startAndWaitUntilItRuns() throws Exception {
        return launch(plain).toCompletableFuture().get().exit().thenApply(ApiStarter::code).toCompletableFuture();
    }

    private static int code(ProcExit exit) {
        return exit instanceof ProcExit.Exited exited ? exited.code() : -1;
    }

    @Override
    public CompletableFuture<Integer> capture() {
        AtomicInteger bytes = new AtomicInteger();
        return launch(captured).thenCompose(launched -> {
            Stdio.Captured output = (Stdio.Captured) launched.stdio();
            ProcOutput.Receiver count = (buffer, offset, length) -> bytes.addAndGet(length);
            output.stdout().forward(count);
            output.stderr().forward(count);
            return launched.exit();
        }).thenApply(exit -> bytes.get()).toCompletableFuture();
    }

    @Override
    public void close() {
        launcher.close();
    }
}
