package dev.gatun.spawner;

import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcExit;
import dev.gatun.process.Stdio;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** One launch: its state, and who waits for what. Carries out what {@link ProcRules} say. For the loop's thread. */
final class ProcEntry {

    /** What a launch needs of the session it is part of. */
    interface Session {

        /** Sends a request, where there is a connection. */
        void ask(ProcEntry entry, Call call);

        void count(Fault fault, String detail);

        void forget(ProcEntry entry);

        /** Nobody wants it any more; whatever comes of it. */
        void givenUp(ProcEntry entry);
    }

    private record Output(OutputFlow stdout, OutputFlow stderr) {}

    private final EventLoop loop;
    private final ProcRules rules;
    private final Session session;
    private final Optional<Output> output;
    private final CompletableFuture<Launched> launched = new CompletableFuture<>();
    private final CompletableFuture<ProcExit> exit = new CompletableFuture<>();
    private final Map<ProcTimer, Timer> timers = new EnumMap<>(ProcTimer.class);
    private final StopWaiters stopWaiters;
    private final boolean diesWithLauncher;
    private ProcState state;

    ProcEntry(EventLoop loop, ProcRules rules, Session session, ProcState state, boolean capturesOutput,
            boolean diesWithLauncher) {
        this.loop = loop;
        this.rules = rules;
        this.session = session;
        this.state = state;
        this.diesWithLauncher = diesWithLauncher;
        this.output = capturesOutput ? Optional.of(new Output(new OutputFlow(), new OutputFlow())) : Optional.empty();
        this.stopWaiters = new StopWaiters(loop);
    }

    ProcState state() {
        return state;
    }

    ProcKey key() {
        return state.key();
    }

    CompletableFuture<Launched> launched() {
        return launched;
    }

    OptionalInt pid() {
        return state.start().map(ProcState.Start::pid).orElse(OptionalInt.empty());
    }

    boolean diesWithLauncher() {
        return diesWithLauncher;
    }

    StopWaiters stopWaiters() {
        return stopWaiters;
    }

    void on(ProcEvent event) {
        ProcStep step = rules.on(state, event);
        state = step.next();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(ProcEffect effect) {
        switch (effect) {
            case ProcEffect.TellLaunched told -> tellLaunched(told.handle(), told.start());
            case ProcEffect.TellFailed failed -> {
                endOutput();
                session.givenUp(this);
                launched.completeExceptionally(new LauncherException(
                        state.launch() == ProcState.Launch.RECOVERING
                                ? LauncherException.Operation.OTHER
                                : LauncherException.Operation.LAUNCH,
                        failed.detail()));
            }
            case ProcEffect.TellExit told -> {
                endOutput();
                exit.complete(told.exit());
            }
            case ProcEffect.PassOutput passed -> output.ifPresent(
                    to -> (passed.stream() == SpawnerMessage.Stream.STDOUT ? to.stdout() : to.stderr())
                            .lines(passed.lines()));
            case ProcEffect.Ask ask -> session.ask(this, ask.call());
            case ProcEffect.Arm arm -> arm(arm.timer(), arm.delay());
            case ProcEffect.Disarm disarm -> disarm(disarm.timer());
            case ProcEffect.Count count -> session.count(count.fault(), "");
            case ProcEffect.Forget _ -> forget();
        }
    }

    private void tellLaunched(String handle, Optional<ProcState.Start> start) {
        launched.complete(new Launched(
                pid(),
                new ProcHandle(key().generation(), handle).toString(),
                start.flatMap(ProcState.Start::address),
                start.map(ProcState.Start::at).orElseGet(Instant::now),
                output.<Stdio>map(of -> new Stdio.Captured(of.stdout().output(), of.stderr().output()))
                        .orElseGet(Stdio.ManagedByLauncher::new),
                exit));
    }

    private void arm(ProcTimer kind, Duration delay) {
        disarm(kind);
        timers.put(kind, loop.schedule(delay, () -> on(new ProcEvent.Expired(kind))));
    }

    private void disarm(ProcTimer kind) {
        Timer timer = timers.remove(kind);
        if (timer != null) {
            timer.cancel();
        }
    }

    private void forget() {
        List.copyOf(timers.keySet()).forEach(this::disarm);
        stopWaiters.acknowledge();
        session.forget(this);
    }

    /** The launcher ends, and nothing can be heard of the process any more. */
    void close(String reason) {
        forget();
        endOutput();
        launched.completeExceptionally(new LauncherException(LauncherException.Operation.LAUNCH, reason));
        exit.complete(new ProcExit.Failed(reason));
    }

    private void endOutput() {
        output.ifPresent(ended -> {
            ended.stdout().end();
            ended.stderr().end();
        });
    }
}
