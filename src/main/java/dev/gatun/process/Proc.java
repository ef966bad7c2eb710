package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A process under a {@link ProcSupervisor}, for whoever wants it. Thread-safe; no method waits. Stages that are attached
 * to what it returns run on the supervisor's thread and must not wait either.
 */
public final class Proc {

    private final ProcId id;
    private final List<Consumer<ProcState>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Launched> launched = new CompletableFuture<>();
    private final CompletableFuture<ProcState.Ready> ready = new CompletableFuture<>();
    private final CompletableFuture<ProcState.Terminal> terminated = new CompletableFuture<>();
    private volatile ProcState state = new ProcState.Starting();
    private volatile String reason = "";
    private LaunchedProcess process;

    Proc(ProcId id) {
        this.id = id;
    }

    void runBy(LaunchedProcess owner) {
        process = owner;
    }

    public ProcId id() {
        return id;
    }

    public ProcState state() {
        return state;
    }

    /** Why it is in this state, in words: {@code not ready within 30 s}. */
    public String reason() {
        return reason;
    }

    /** Completes when it has been started; fails with a {@link LauncherException} where it has not been. */
    public CompletionStage<Launched> launched() {
        return launched.minimalCompletionStage();
    }

    /** Completes when it has said that it is ready; fails with a {@link LauncherException} where it has ended before. */
    public CompletionStage<ProcState.Ready> ready() {
        return ready.minimalCompletionStage();
    }

    /** Completes with its end, for everybody who asks. */
    public CompletionStage<ProcState.Terminal> terminated() {
        return terminated.minimalCompletionStage();
    }

    /** Tells of each change of state from now on, on the supervisor's thread; the listener must not wait. */
    public void onChange(Consumer<ProcState> listener) {
        listeners.add(requireNonNull(listener));
    }

    /**
     * Says that the process has reported to be ready, from wherever it has called back.
     *
     * @param address where it can be reached, as it says
     */
    public void becameReady(String address) {
        process.becameReady(requireNonNull(address));
    }

    /** Says that what the process has called back is that it will not be ready: it is stopped, and has failed for that. */
    public void readinessFailed(String why) {
        process.readinessFailed(requireNonNull(why));
    }

    /** Asks for its end within the stop timeout of its supervision. A second request changes nothing. */
    public CompletionStage<ProcState.Terminal> terminate(String why) {
        process.terminate(requireNonNull(why), Optional.empty());
        return terminated();
    }

    /**
     * Asks for its end; when the timeout is over it is killed. A second request can bring that forward.
     *
     * @return its end; complete already where it has ended
     */
    public CompletionStage<ProcState.Terminal> terminate(String why, Duration timeout) {
        process.terminate(requireNonNull(why), Optional.of(timeout));
        return terminated();
    }

    /** Kills it; otherwise like {@link #terminate}. */
    public CompletionStage<ProcState.Terminal> kill(String why) {
        process.kill(requireNonNull(why));
        return terminated();
    }

    void launched(Launched what) {
        launched.complete(what);
    }

    /** On the supervisor's thread, as all that follows. An end is never left. */
    void enter(ProcState next, String why) {
        if (state.isTerminal() || state.equals(next)) {
            return;
        }
        state = next;
        reason = why;
        for (Consumer<ProcState> listener : listeners) {
            tell(listener, next);
        }
        if (next instanceof ProcState.Ready isReady) {
            ready.complete(isReady);
        }
        if (next instanceof ProcState.Terminal end) {
            LauncherException tooEarly = new LauncherException(
                    LauncherException.Operation.LAUNCH, id + " has ended: " + why);
            launched.completeExceptionally(tooEarly);
            ready.completeExceptionally(tooEarly);
            terminated.complete(end);
        }
    }

    /** What goes wrong in a listener is not to keep the state from going on. */
    private void tell(Consumer<ProcState> listener, ProcState next) {
        try {
            listener.accept(next);
        } catch (RuntimeException | Error problem) {
            System.getLogger("dev.gatun.process")
                    .log(System.Logger.Level.ERROR, "a listener to " + id + " failed", problem);
        }
    }

    @Override
    public String toString() {
        return id + ": " + state;
    }
}
