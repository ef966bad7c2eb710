package dev.gatun.engine.systemd;

import dev.gatun.process.Stdio;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Both outputs of a unit. Thread-safe. */
final class CapturedOutput {

    /** After the end of a unit what it wrote is there already; only who has been given its descriptors goes on. */
    private static final long LAST_WORDS_MILLIS = 1000;

    private final OutputReader reader;
    private final OutputSocket stdout;
    private final OutputSocket stderr;

    private CapturedOutput(OutputReader reader, OutputSocket stdout, OutputSocket stderr) {
        this.reader = reader;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static CapturedOutput open(OutputReader reader, RuntimeFolder folder, int tailLines) throws IOException {
        OutputSocket stdout = OutputSocket.open(reader, folder.newPath(".out"), 0);
        try {
            OutputSocket stderr = OutputSocket.open(reader, folder.newPath(".err"), tailLines);
            return new CapturedOutput(reader, stdout, stderr);
        } catch (IOException refused) {
            reader.post(stdout::end);
            throw refused;
        }
    }

    OutputPaths paths() {
        return new OutputPaths(stdout.path(), stderr.path());
    }

    Stdio.Captured stdio() {
        return new Stdio.Captured(stdout.output(), stderr.output());
    }

    /**
     * To be called when the unit is over.
     *
     * @return completes with the tail of standard error, soon
     */
    CompletableFuture<List<String>> finish(ScheduledExecutorService timers) {
        reader.post(() -> {
            stdout.finish();
            stderr.finish();
        });
        CompletableFuture<List<String>> tail = new CompletableFuture<>();
        CompletableFuture.allOf(stdout.ended(), stderr.ended())
                .thenRun(() -> tail.complete(stderr.ended().join()));
        ScheduledFuture<?> deadline = timers.schedule(() -> reader.post(() -> {
            stdout.giveUp();
            stderr.giveUp();
            tail.complete(stderr.tail());
        }), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        tail.thenRun(() -> deadline.cancel(false));
        return tail;
    }

    /** Nobody wants them any more. */
    void discard() {
        reader.post(() -> {
            stdout.end();
            stderr.end();
        });
    }
}
