package dev.gatun.engine.systemd;

import dev.gatun.engine.systemd.BusException.Kind;
import dev.gatun.linux.Signal;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ResourceLimits;
import dev.gatun.process.Stdio;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One process and its unit, from the start to the end. It follows what the manager tells when it is asked; signals say
 * only that it is time to ask. For the state's thread.
 */
final class ManagedUnit {

    private enum Phase {
        STARTING,
        RUNNING,
        /** How it ended is known, or that it has not been started. */
        ENDING,
        ENDED
    }

    private final UnitContext context;
    private final ProcId id;
    private final UnitName name;
    private final String description;
    private final boolean diesWithLauncher;
    private final ResourceLimits limits;
    private final Optional<UnitStart> start;
    private final Runnable ended;
    private final CompletableFuture<Void> submitted = new CompletableFuture<>();
    private final CompletableFuture<Launched> launched = new CompletableFuture<>();
    private final CompletableFuture<ProcExit> exit = new CompletableFuture<>();

    private Phase phase = Phase.STARTING;
    private boolean isReading;
    private boolean readAgain;
    private boolean isStopping;
    private boolean killIsDue;
    private String handle = "";
    private OptionalInt pid = OptionalInt.empty();
    private Optional<String> refusal = Optional.empty();
    private Optional<ScheduledFuture<?>> killTimer = Optional.empty();

    private ManagedUnit(
            UnitContext context,
            ProcId id,
            UnitName name,
            String description,
            boolean diesWithLauncher,
            ResourceLimits limits,
            Optional<UnitStart> start,
            Runnable ended) {
        this.context = context;
        this.id = id;
        this.name = name;
        this.description = description;
        this.diesWithLauncher = diesWithLauncher;
        this.limits = limits;
        this.start = start;
        this.ended = ended;
    }

    /** @param ended run when nothing is left of it, before its exit is told */
    static ManagedUnit of(
            UnitContext context, ProcId id, LaunchOptions options, UnitSettings settings, Runnable ended) {
        UnitName name = UnitName.of(context.settings().prefix(), id);
        String description = new Description(id, context.token()).text();
        UnitStart start = new UnitStart(context, name, options, settings, description);
        return new ManagedUnit(
                context, id, name, description, options.diesWithLauncher(), options.limits(), Optional.of(start),
                ended);
    }

    /** One that somebody else has started. */
    static ManagedUnit found(UnitContext context, ProcId id, UnitName name, UnitState state, Runnable ended) {
        ManagedUnit unit = new ManagedUnit(
                context, id, name, state.description(), false, ResourceLimits.NONE, Optional.empty(), ended);
        unit.submitted.complete(null);
        return unit;
    }

    String objectPath() {
        return name.objectPath();
    }

    CompletionStage<Launched> launched() {
        return launched;
    }

    boolean diesWithLauncher() {
        return diesWithLauncher;
    }

    CompletionStage<ProcExit> exit() {
        return exit;
    }

    /** Empty while it is being started. */
    Optional<KnownProc> known() {
        return handle.isEmpty() ? Optional.empty() : Optional.of(new KnownProc(id, handle, pid));
    }

    void begin() {
        UnitStart starting = start.orElseThrow();
        context.inBackground(() -> {
            try {
                starting.run();
                context.post(this::submitted);
            } catch (BusException refused) {
                context.post(() -> startRefused(refused));
            } catch (IOException | RuntimeException refused) {
                context.post(() -> refuseStart(String.valueOf(refused.getMessage())));
            }
        });
    }

    private void submitted() {
        submitted.complete(null);
        read();
    }

    private void startRefused(BusException refused) {
        if (start.orElseThrow().isUncertain()) {
            // The next answer tells.
            submitted();
            return;
        }
        switch (refused.kind()) {
            case LOST -> refuseStart(refused.getMessage());
            case UNIT_EXISTS -> refuseStart("the unit " + name + " exists already");
            case NO_SUCH_UNIT, REFUSED -> refuseStart("systemd refused the unit " + name + ": " + refused.getMessage());
        }
    }

    /** Asks for the state, once more where an answer is on its way: that one may be from before the change. */
    void read() {
        if (phase != Phase.STARTING && phase != Phase.RUNNING || !submitted.isDone()) {
            return;
        }
        if (isReading) {
            readAgain = true;
            return;
        }
        isReading = true;
        UnitState[] answer = new UnitState[1];
        context.call(
                connection -> answer[0] = connection.read(name),
                () -> {
                    doneReading();
                    observe(answer[0]);
                },
                problem -> {
                    doneReading();
                    unreadable(problem);
                });
    }

    private void doneReading() {
        isReading = false;
        if (readAgain) {
            readAgain = false;
            read();
        }
    }

    private void unreadable(BusException problem) {
        switch (problem.kind()) {
            case NO_SUCH_UNIT -> vanished();
            case LOST -> {
                // Asked again when the bus is back, and now and then.
            }
            case UNIT_EXISTS, REFUSED -> over(tail -> new ProcExit.Failed(
                    "systemd does not tell the state of " + name + ": " + problem.getMessage(), tail));
        }
    }

    void observe(UnitState state) {
        if (phase != Phase.STARTING && phase != Phase.RUNNING) {
            return;
        }
        if (!isOurs(state)) {
            vanished();
            return;
        }
        switch (Verdict.of(state)) {
            case Verdict.Wait wait -> {}
            case Verdict.Runs runs -> runs(state);
            case Verdict.LeftBehind left -> {
                runs(state);
                stopOnce();
            }
            case Verdict.Over over -> {
                runs(state);
                over(tail -> UnitExit.of(state, tail));
            }
            case Verdict.NotStarted not -> failStart(not.reason());
            case Verdict.Vanished vanished -> vanished();
        }
    }

    /** Somebody else may have a unit of this name, or have started ours anew, which is another process. */
    private boolean isOurs(UnitState state) {
        return phase == Phase.STARTING
                ? !state.isThere() || state.description().equals(description)
                : handle.equals(new UnitHandle(name, state.invocation()).text());
    }

    private void runs(UnitState state) {
        if (phase != Phase.STARTING) {
            return;
        }
        phase = Phase.RUNNING;
        handle = new UnitHandle(name, state.invocation()).text();
        pid = state.pid();
        start.ifPresent(UnitStart::forgetEnvironment);
        refusal = LimitCheck.missing(LimitCheck.UNIFIED, state.controlGroup(), limits)
                .map(missing -> "systemd took a limit of " + missing + " for " + name
                        + " and does not keep it; is the controller delegated to it?");
        if (refusal.isPresent()) {
            killNow();
            return;
        }
        Stdio stdio = start.flatMap(UnitStart::output)
                .<Stdio>map(CapturedOutput::stdio)
                .orElseGet(Stdio.ManagedByLauncher::new);
        launched.complete(new Launched(
                pid,
                handle,
                Optional.empty(),
                state.startedAt(Instant.now()),
                stdio,
                exit.minimalCompletionStage()));
    }

    private void stopOnce() {
        if (!isStopping) {
            isStopping = true;
            context.call(connection -> connection.stop(name), () -> {}, problem -> isStopping = false);
        }
    }

    private void vanished() {
        if (phase == Phase.STARTING) {
            failStart(UnitExit.NEVER_SEEN);
        } else {
            over(tail -> UnitExit.vanished(name, tail));
        }
    }

    /** Lets go of the unit, gathers the last words, and tells of the end. */
    private void over(Function<Optional<List<String>>, ProcExit> end) {
        phase = Phase.ENDING;
        killTimer.ifPresent(timer -> timer.cancel(false));
        letGo(() -> {
            Optional<CapturedOutput> output = start.flatMap(UnitStart::output);
            if (output.isEmpty()) {
                end(end.apply(Optional.empty()));
            } else {
                output.get().finish(context.state())
                        .thenAccept(tail -> context.post(() -> end(end.apply(Optional.of(tail)))));
            }
        });
    }

    private void letGo(Runnable then) {
        Runnable done = () -> {
            start.ifPresent(UnitStart::forgetEnvironment);
            then.run();
        };
        context.call(
                connection -> {
                    ignoringRefusal(() -> connection.resetFailed(name));
                    ignoringRefusal(() -> connection.release(name));
                },
                done,
                // Without us on the bus there is no reference of ours either.
                lost -> done.run());
    }

    /** A unit that is gone needs neither. */
    private static void ignoringRefusal(Release call) throws BusException {
        try {
            call.run();
        } catch (BusException refused) {
            if (refused.kind() == Kind.LOST) {
                throw refused;
            }
        }
    }

    @FunctionalInterface
    private interface Release {
        void run() throws BusException;
    }

    private void end(ProcExit how) {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        ended.run();
        launched.completeExceptionally(new LauncherException(Operation.LAUNCH, refusal.orElse(how.describe())));
        exit.complete(how);
    }

    /** There is a unit, or was, and its program was never executed. */
    private void failStart(String reason) {
        phase = Phase.ENDING;
        letGo(() -> refuseStart(reason));
    }

    /** There is no unit of ours. */
    private void refuseStart(String reason) {
        phase = Phase.ENDING;
        submitted.complete(null);
        start.ifPresent(UnitStart::discard);
        end(new ProcExit.Failed(reason));
    }

    /** The bus is back, and has forgotten us. */
    void reconnected() {
        if (phase == Phase.STARTING || phase == Phase.RUNNING) {
            context.call(
                    connection -> ignoringRefusal(() -> connection.reference(name)),
                    this::read,
                    lostAgain -> {});
            if (killIsDue) {
                killNow();
            }
        }
    }

    CompletionStage<Void> terminate(Duration timeout) {
        return afterStart(() -> {
            killTimer.ifPresent(timer -> timer.cancel(false));
            killTimer = Optional.of(
                    context.state().schedule(this::killNow, TimeUnit.NANOSECONDS.convert(timeout),
                            TimeUnit.NANOSECONDS));
            return signal(Signal.TERM, Operation.TERMINATE);
        });
    }

    CompletionStage<Void> kill() {
        return afterStart(() -> signal(Signal.KILL, Operation.KILL));
    }

    private CompletionStage<Void> afterStart(Supplier<CompletionStage<Void>> action) {
        return submitted.thenCompose(started -> phase == Phase.STARTING || phase == Phase.RUNNING
                ? action.get()
                : CompletableFuture.completedStage(null));
    }

    private CompletionStage<Void> signal(Signal signal, Operation operation) {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        context.call(
                connection -> connection.kill(name, signal.number()),
                () -> asked.complete(null),
                problem -> {
                    if (problem.kind() == Kind.NO_SUCH_UNIT) {
                        asked.complete(null);
                    } else {
                        asked.completeExceptionally(new LauncherException(
                                operation, "the unit " + name + ": " + problem.getMessage(), problem));
                    }
                });
        return asked;
    }

    /** Somebody waits for this and will not ask again: what the bus does not take now it gets when it is back. */
    private void killNow() {
        killIsDue = true;
        signal(Signal.KILL, Operation.KILL).thenRun(() -> killIsDue = false);
    }

    /** The launcher closes, and will not hear of it any more. */
    void abandon() {
        start.ifPresent(UnitStart::discard);
        end(new ProcExit.Failed("the launcher was closed, " + name + " may run on"));
    }
}
