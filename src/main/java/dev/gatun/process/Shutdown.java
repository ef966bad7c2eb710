package dev.gatun.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The stop of many processes, some at a time. All of it on the thread that their ends are told on. */
final class Shutdown {

    private final ArrayDeque<Proc> waiting;
    private final int attempted;
    private final Duration timeout;
    private final CompletableFuture<ProcSupervisor.Summary> done;
    private int ok;
    private int failed;

    Shutdown(List<Proc> procs, Duration timeout, CompletableFuture<ProcSupervisor.Summary> done) {
        this.waiting = new ArrayDeque<>(procs);
        this.attempted = procs.size();
        this.timeout = timeout;
        this.done = done;
    }

    void begin(int concurrency) {
        for (int i = 0; i < concurrency; i++) {
            next();
        }
    }

    private void next() {
        Proc proc = waiting.pollFirst();
        if (proc != null) {
            proc.terminate("shutdown", timeout).thenAccept(this::ended);
        } else if (ok + failed == attempted) {
            done.complete(new ProcSupervisor.Summary(attempted, ok, failed));
        }
    }

    private void ended(ProcState.Terminal end) {
        if (end instanceof ProcState.Failed) {
            failed++;
        } else {
            ok++;
        }
        next();
    }
}
