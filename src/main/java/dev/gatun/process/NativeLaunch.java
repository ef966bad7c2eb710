package dev.gatun.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A name that {@link NativeProcLauncher} has given to a process, from the request to the end. Between the thread that
 * makes the child, the loop's, which owns it, and those that ask for its end.
 */
final class NativeLaunch {

    private final ProcId id;
    private final boolean diesWithLauncher;
    private final CompletableFuture<ProcExit> exit = new CompletableFuture<>();

    /** 0 until there is a child. */
    private int pid;

    /** What was asked for before there was a child. */
    private final List<Consumer<NativeProc>> deferred = new ArrayList<>();

    /** For the loop's thread; null until it has been told of the child. */
    private NativeProc proc;

    NativeLaunch(ProcId id, boolean diesWithLauncher) {
        this.id = id;
        this.diesWithLauncher = diesWithLauncher;
    }

    ProcId id() {
        return id;
    }

    boolean diesWithLauncher() {
        return diesWithLauncher;
    }

    /**
     * Says that there is a child.
     *
     * @param handOver has the loop told of it; in one with the pid, so that no request comes between
     */
    synchronized void spawned(int childPid, Runnable handOver) {
        pid = childPid;
        handOver.run();
    }

    /** Keeps a request for the child that is to come; false where it has come. */
    synchronized boolean deferUntilSpawned(Consumer<NativeProc> request) {
        if (pid != 0) {
            return false;
        }
        deferred.add(request);
        return true;
    }

    /** The loop has the child; what was asked for meanwhile is done. */
    void watched(NativeProc child) {
        proc = child;
        List<Consumer<NativeProc>> requests;
        synchronized (this) {
            requests = List.copyOf(deferred);
        }
        requests.forEach(this::request);
    }

    /** Does something with the child, on the loop's thread, if there is one. */
    void request(Consumer<NativeProc> action) {
        if (proc != null) {
            action.accept(proc);
        }
    }

    /** Its end. */
    void over(ProcExit how) {
        exit.complete(how);
    }

    synchronized Launched launched(List<NativeOutput> outputs) {
        Stdio stdio = outputs.isEmpty()
                ? new Stdio.Inherited()
                : new Stdio.Captured(outputs.get(0).output(), outputs.get(1).output());
        return new Launched(
                OptionalInt.of(pid),
                Integer.toString(pid),
                Optional.empty(),
                Instant.now(),
                stdio,
                exit.minimalCompletionStage());
    }

    synchronized Optional<KnownProc> known() {
        return pid == 0
                ? Optional.empty()
                : Optional.of(new KnownProc(id, Integer.toString(pid), OptionalInt.of(pid)));
    }
}
