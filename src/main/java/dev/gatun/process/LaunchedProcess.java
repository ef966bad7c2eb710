package dev.gatun.process;

import dev.gatun.lifecycle.Effect;
import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Lifecycle;
import dev.gatun.lifecycle.Rung;
import dev.gatun.lifecycle.SpawnFailure;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Signal;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The pure core of {@code lifecycle} applied to a {@link ProcLauncher}: spawns are launches, signals are its terminate
 * and kill, and every answer may come late, twice over, or never. Its state belongs to the loop's thread; requests may
 * come from any.
 */
final class LaunchedProcess {

    /** A tree that cannot be spawned has no errno of ours. */
    private static final int NO_ERRNO = 0;

    private final EventLoop loop;
    private final ProcLauncher launcher;
    private final Proc proc;
    private final Supervision supervision;
    private final Supplier<CompletionStage<Launched>> launch;
    private final LaunchListener listener;
    private final LifecycleRun run;
    private Timer launchDeadline;
    private boolean isAnswered;
    private Optional<Launched> launched = Optional.empty();
    private Optional<ProcExit> exit = Optional.empty();
    private Optional<String> readyAddress = Optional.empty();

    /**
     * A process that has not been launched.
     *
     * @param launch asks the launcher for it
     */
    LaunchedProcess(EventLoop loop, ProcLauncher launcher, Proc proc, Supervision supervision,
            Supplier<CompletionStage<Launched>> launch, LaunchListener listener) {
        this.loop = loop;
        this.launcher = launcher;
        this.proc = proc;
        this.supervision = supervision;
        this.launch = launch;
        this.listener = listener;
        // No restart, and so no jitter.
        this.run = new LifecycleRun(loop, new Lifecycle(supervision.policy()), () -> 0, this::carryOut);
    }

    /** What the owner of the process keeps books of. On the loop's thread. */
    interface LaunchListener {

        void started(Proc proc, Launched launched);

        /** It has ended, or was never there; called once. A process that counts as failed may still have to end. */
        void over(Proc proc);
    }

    void start() {
        loop.post(() -> handle(new Event.Start()));
    }

    void becameReady(String address) {
        loop.post(() -> {
            if (readyAddress.isEmpty()) {
                readyAddress = Optional.of(address);
            }
            // It may have called back before its launcher has answered; then this is for later.
            handle(new Event.BecameReady());
        });
    }

    void readinessFailed(String why) {
        loop.post(() -> handle(new Event.ProbeFailed("bootstrap callback failed: " + why)));
    }

    void terminate(String why, Optional<Duration> timeout) {
        loop.post(() -> handle(new Event.StopRequested(why, OptionalInt.empty(), timeout)));
    }

    void kill(String why) {
        loop.post(() -> handle(new Event.KillRequested(why)));
    }

    private void handle(Event event) {
        run.handle(event);
    }

    private void carryOut(Effect effect) {
        switch (effect.kind()) {
            case SPAWN -> launch();
            case SIGNAL -> stop(((Effect.Signal) effect).signal() == Signal.KILL.number());
            case PUBLISH -> publish(((Effect.Publish) effect).transition());
            // Readiness is called back, and launchers end whole trees.
            case START_PROBING, STOP_PROBING, AWAIT_TREE -> {}
            case ARM_TIMER, CANCEL_TIMER -> throw new IllegalArgumentException(effect.toString());
        }
    }

    private void launch() {
        launchDeadline = loop.schedule(supervision.launchTimeout(), this::launchTimedOut);
        CompletionStage<Launched> answer;
        try {
            answer = launch.get();
        } catch (RuntimeException refused) {
            notLaunched(refused);
            return;
        }
        answer.whenComplete((what, failure) -> loop.post(() -> {
            if (failure == null) {
                launched(what);
            } else {
                notLaunched(failure);
            }
        }));
    }

    private void launchTimedOut() {
        notLaunched(new LauncherException(LauncherException.Operation.LAUNCH,
                run.state().kind() == State.Kind.STOPPING
                        ? "stopped before it was started"
                        : "no answer within " + supervision.launchTimeout().toMillis() / 1000.0 + " s"));
        tell(launcher.kill(proc.id()), "kill");
    }

    private void launched(Launched what) {
        if (isAnswered) {
            // It was given up. What has come into being all the same must not be left behind; but if it has ended since, the
            // name may be another's by now.
            if (!what.exit().toCompletableFuture().isDone()) {
                tell(launcher.kill(proc.id()), "kill");
            }
            return;
        }
        answered();
        launched = Optional.of(what);
        proc.launched(what);
        listener.started(proc, what);
        handle(new Event.Spawned(what.pid().orElse(0)));
        if (readyAddress.isPresent()) {
            handle(new Event.BecameReady());
        }
        what.exit().whenComplete((how, dropped) -> loop.post(() -> exited(dropped == null
                ? how
                : new ProcExit.Failed("exit_rx sender dropped unexpectedly"))));
    }

    private void notLaunched(Throwable failure) {
        if (isAnswered) {
            return;
        }
        answered();
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String text = cause instanceof LauncherException
                ? cause.getMessage()
                : new LauncherException(LauncherException.Operation.LAUNCH, cause.toString()).getMessage();
        exit = Optional.of(new ProcExit.Failed(text));
        handle(new Event.SpawnFailed(
                new SpawnFailure("launch", NO_ERRNO, text, SpawnFailure.Kind.OTHER)));
        listener.over(proc);
    }

    private void answered() {
        isAnswered = true;
        launchDeadline.cancel();
    }

    private void exited(ProcExit how) {
        if (exit.isPresent()) {
            return;
        }
        exit = Optional.of(how);
        handle(switch (how) {
            case ProcExit.Exited exited -> new Event.ExitObserved(new ExitStatus.Code(
                    exited.code() >= 0 && exited.code() <= 255 ? exited.code() : 255));
            case ProcExit.Signalled signalled -> signalled.signal() >= 1 && signalled.signal() <= 64
                    ? new Event.ExitObserved(
                            new ExitStatus.Signal(signalled.signal(), signalled.coreDumped()), signalled.oomEvidence())
                    : new Event.ExitObserved(new ExitStatus.Code(255));
            case ProcExit.Failed failed -> new Event.Lost(failed.reason());
        });
        listener.over(proc);
    }

    private void stop(boolean kill) {
        if (kill) {
            tell(launcher.kill(proc.id()), "kill");
            return;
        }
        tell(launcher.terminate(proc.id(), untilKill()), "terminate").exceptionally(refused -> {
            loop.post(() -> handle(new Event.KillRequested("terminate was refused")));
            return null;
        });
    }

    private Duration untilKill() {
        return run.state() instanceof State.Stopping stopping
                ? Duration.ofNanos(Math.max(0, stopping.killAtNanos() - loop.nanos()))
                : supervision.stopTimeout();
    }

    /** A launcher that refuses a stop is a matter for the log, and the next rung is due all the same. */
    private CompletionStage<Void> tell(CompletionStage<Void> answer, String what) {
        return answer.whenComplete((done, refused) -> {
            if (refused != null) {
                System.getLogger("dev.gatun.process")
                        .log(System.Logger.Level.WARNING, what + " of " + proc.id() + ": " + refused.getMessage());
            }
        });
    }

    private void publish(Transition transition) {
        if (transition.to() instanceof State.Stopping stopping && stopping.rung() == Rung.AWAIT_SPAWN) {
            stopWhatMayCome(stopping);
        }
        LifecycleRun.record(
                proc.id().value(), launched.map(what -> what.pid().orElse(0)).orElse(0), transition);
        proc.enter(view(transition), transition.reason());
    }

    /** The launcher may answer late or never: it is told at once, and waited for no longer than for any stop. */
    private void stopWhatMayCome(State.Stopping stopping) {
        boolean kill = stopping.cause().kind() == Event.Kind.KILL_REQUESTED;
        Duration timeout = stopping.cause() instanceof Event.StopRequested request
                ? request.timeout().orElse(supervision.stopTimeout())
                : supervision.stopTimeout();
        tell(kill ? launcher.kill(proc.id()) : launcher.terminate(proc.id(), timeout), "stop");
        Duration patience = kill ? supervision.killTimeout() : timeout.plus(supervision.killTimeout());
        Timer sooner = loop.schedule(patience, this::launchTimedOut);
        if (launchDeadline.isBefore(sooner)) {
            sooner.cancel();
        } else {
            launchDeadline.cancel();
            launchDeadline = sooner;
        }
    }

    private ProcState view(Transition transition) {
        return switch (transition.to()) {
            case State.Idle idle -> new ProcState.Starting();
            case State.Starting starting -> new ProcState.Starting();
            case State.BackingOff backingOff -> new ProcState.Starting();
            case State.Running running -> new ProcState.Running(launched.orElseThrow().startedAt());
            case State.Ready ready ->
                new ProcState.Ready(launched.orElseThrow().startedAt(), readyAddress.orElse(""));
            case State.Stopping stopping -> stopping.kills() > 1
                    ? new ProcState.Failed("kill not confirmed", Optional.empty())
                    : new ProcState.Stopping(launched.map(Launched::startedAt));
            case State.Exited exited -> ProcEnds.of(exited.outcome(), exit.orElseThrow());
            case State.Failed failed -> ProcEnds.of(failed.outcome(), exit.orElseThrow());
        };
    }
}
