package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.ProcExit;
import dev.gatun.spawner.ProcState.Launch;
import dev.gatun.spawner.ProcState.Stop;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What becomes of a launch: the rules of {@code docs/spawner-protocol.md} for one process, as a function without clock or
 * I/O. Whoever wants the process hears of it once both the reply and {@code started} or {@code exit} are there, in
 * whichever order they came; and of its end once, whatever comes later.
 */
final class ProcRules {

    static final String LOST = "lost by spawner";
    static final String PORT_CLOSED = "exit port closed (spawner crashed or forgot to send)";
    static final String KILL_NOT_CONFIRMED = "kill not confirmed";

    private final Deadlines deadlines;

    ProcRules(Deadlines deadlines) {
        this.deadlines = requireNonNull(deadlines);
    }

    ProcStep on(ProcState state, ProcEvent event) {
        return switch (event) {
            case ProcEvent.Accepted accepted -> accepted(state, accepted.handle());
            case ProcEvent.Refused refused ->
                state.launch() == Launch.ASKED
                        ? ProcStep.to(state, new ProcEffect.TellFailed(refused.detail()), new ProcEffect.Forget())
                        : ProcStep.to(state);
            case ProcEvent.Unanswered unanswered ->
                state.launch() == Launch.ASKED ? unanswered(state, unanswered.detail()) : ProcStep.to(state);
            case ProcEvent.Heard heard -> heard(state, heard.event());
            case ProcEvent.Disconnected disconnected -> disconnected(state, disconnected.mayReturn());
            case ProcEvent.Reconnected _ -> reconnected(state);
            case ProcEvent.Recovered recovered -> recovered(state, recovered.result());
            case ProcEvent.NotRecovered _ -> over(state, new ProcExit.Failed(LOST), List.of());
            case ProcEvent.RecoveryFailed failed ->
                state.launch() == Launch.RECOVERING
                        ? ProcStep.to(state, new ProcEffect.TellFailed(failed.detail()), new ProcEffect.Forget())
                        // Until the window closes another connection may bring a better answer.
                        : ProcStep.to(state);
            case ProcEvent.TerminateAsked asked -> terminate(state, asked.timeout());
            case ProcEvent.KillAsked _ -> kill(state);
            case ProcEvent.Expired expired -> expired(state, expired.timer());
        };
    }

    private ProcStep accepted(ProcState state, String handle) {
        ProcState next = state.withHandle(handle);
        if (state.launch() != Launch.ASKED) {
            return ProcStep.to(next);
        }
        next = next.withLaunch(Launch.ACCEPTED);
        if (state.exit().isPresent()) {
            return over(next, state.exit().get(), List.of());
        }
        return state.start().isPresent()
                ? told(next, List.of())
                : ProcStep.to(next, new ProcEffect.Arm(ProcTimer.START, deadlines.start()));
    }

    private static ProcStep told(ProcState state, List<ProcEffect> before) {
        List<ProcEffect> effects = new ArrayList<>(before);
        effects.add(new ProcEffect.Disarm(ProcTimer.START));
        effects.add(new ProcEffect.TellLaunched(state.handle(), state.start()));
        return new ProcStep(state.withLaunch(Launch.TOLD), effects);
    }

    /** There may be a process all the same, and nobody wants it any more. */
    private static ProcStep giveUp(ProcState state, String detail) {
        return ProcStep.to(
                state.withLaunch(Launch.GIVEN_UP),
                new ProcEffect.Disarm(ProcTimer.START),
                new ProcEffect.TellFailed(detail),
                new ProcEffect.Ask(killOf(state)));
    }

    /** What has not started by the end of the start limit will not start any more, and need not be remembered. */
    private ProcStep unanswered(ProcState state, String detail) {
        ProcStep given = giveUp(state, detail);
        List<ProcEffect> effects = new ArrayList<>(given.effects());
        effects.add(new ProcEffect.Arm(ProcTimer.START, deadlines.start()));
        return new ProcStep(given.next(), effects);
    }

    private ProcStep heard(ProcState state, SpawnerMessage.Event event) {
        List<ProcEffect> effects = new ArrayList<>();
        if (state.lastSeq() != ProcState.ANY_SEQ && event.seq() != state.lastSeq() + 1) {
            effects.add(new ProcEffect.Count(Fault.SEQUENCE));
        }
        if (state.launch() == Launch.ASKED) {
            effects.add(new ProcEffect.Count(Fault.EARLY_EVENT));
        }
        ProcState next = state.withSeq(Math.max(event.seq(), state.lastSeq()));
        return switch (event) {
            case SpawnerMessage.Started started -> started(next, started, effects);
            case SpawnerMessage.Log log -> {
                if (state.launch() != Launch.GIVEN_UP) {
                    effects.add(new ProcEffect.PassOutput(log.stream(), log.lines()));
                }
                yield new ProcStep(next, effects);
            }
            case SpawnerMessage.Exit exit -> over(next, exit.understood(), effects);
            case SpawnerMessage.MalformedExit exit -> over(next, exit.understood(), effects);
        };
    }

    private static ProcStep started(ProcState state, SpawnerMessage.Started started, List<ProcEffect> effects) {
        if (state.start().isPresent() || state.launch() == Launch.TOLD) {
            effects.add(new ProcEffect.Count(Fault.SECOND_STARTED));
            return new ProcStep(state, effects);
        }
        ProcState next = state.withStart(
                new ProcState.Start(started.pid(), started.address(), started.startedAt()));
        return switch (state.launch()) {
            case ACCEPTED -> told(next, effects);
            case GIVEN_UP -> {
                effects.add(new ProcEffect.Ask(killOf(state)));
                yield new ProcStep(next, effects);
            }
            case ASKED, RECOVERING, TOLD -> new ProcStep(next, effects);
        };
    }

    /** It has ended, or nobody will ever tell how. */
    private static ProcStep over(ProcState state, ProcExit exit, List<ProcEffect> before) {
        List<ProcEffect> effects = new ArrayList<>(before);
        switch (state.launch()) {
            case ASKED -> {
                if (state.exit().isPresent()) {
                    effects.add(new ProcEffect.Count(Fault.SECOND_EXIT));
                    return new ProcStep(state, effects);
                }
                return new ProcStep(state.withExit(exit), effects);
            }
            case RECOVERING, ACCEPTED -> effects.add(new ProcEffect.TellLaunched(state.handle(), state.start()));
            case TOLD, GIVEN_UP -> {}
        }
        if (state.launch() != Launch.GIVEN_UP && state.stop() != Stop.UNCONFIRMED) {
            effects.add(new ProcEffect.TellExit(exit));
        }
        effects.add(new ProcEffect.Forget());
        return new ProcStep(state, effects);
    }

    private ProcStep disconnected(ProcState state, boolean mayReturn) {
        if (!mayReturn) {
            return portClosed(state);
        }
        return state.isReachable()
                ? ProcStep.to(
                        state.withReachable(false),
                        new ProcEffect.Arm(ProcTimer.RECONNECT, deadlines.reconnectWindow()))
                // It was unknown already, and each time anew would be for ever.
                : ProcStep.to(state);
    }

    private static ProcStep portClosed(ProcState state) {
        // A launch that was not answered has failed with its request.
        return over(state, new ProcExit.Failed(PORT_CLOSED), List.of());
    }

    private static ProcStep reconnected(ProcState state) {
        if (state.isReachable()) {
            return ProcStep.to(state);
        }
        return state.launch() == Launch.GIVEN_UP
                ? ProcStep.to(state, new ProcEffect.Ask(killOf(state)))
                : ProcStep.to(state, new ProcEffect.Ask(
                        new Call.Recover(state.key().proc(), state.key().generation(), state.handle())));
    }

    private ProcStep recovered(ProcState state, Result.Recovered result) {
        List<ProcEffect> effects = new ArrayList<>();
        effects.add(new ProcEffect.Disarm(ProcTimer.RECONNECT));
        ProcState next = state.withReachable(true).withSeq(ProcState.ANY_SEQ);
        switch (state.stop()) {
            case NONE -> {}
            case TERMINATING -> effects.add(new ProcEffect.Ask(terminateOf(state, state.stopTimeout())));
            case KILLING, UNCONFIRMED -> effects.add(new ProcEffect.Ask(killOf(state)));
        }
        if (state.launch() == Launch.RECOVERING || state.launch() == Launch.ACCEPTED) {
            OptionalInt pid = result.pid();
            return told(next.withStart(new ProcState.Start(pid, Optional.empty(), result.startedAt())), effects);
        }
        return new ProcStep(next, effects);
    }

    private static ProcStep terminate(ProcState state, Duration timeout) {
        return switch (state.stop()) {
            case NONE, TERMINATING -> asking(
                    state.terminating(timeout),
                    terminateOf(state, timeout),
                    List.of(new ProcEffect.Arm(ProcTimer.STOP, timeout)));
            // The answer to one more kill says that a stop has begun.
            case KILLING, UNCONFIRMED -> asking(state, killOf(state), List.of());
        };
    }

    private ProcStep kill(ProcState state) {
        Stop stop = state.stop() == Stop.UNCONFIRMED ? Stop.UNCONFIRMED : Stop.KILLING;
        return asking(
                state.withStop(stop),
                killOf(state),
                List.of(new ProcEffect.Disarm(ProcTimer.STOP),
                        new ProcEffect.Arm(ProcTimer.KILL, deadlines.killConfirmation())));
    }

    /** Where the spawner is away, what is wanted is asked for once it has recovered the process. */
    private static ProcStep asking(ProcState state, Call call, List<ProcEffect> others) {
        List<ProcEffect> effects = new ArrayList<>(others);
        if (state.isReachable()) {
            effects.add(new ProcEffect.Ask(call));
        }
        return new ProcStep(state, effects);
    }

    private ProcStep expired(ProcState state, ProcTimer timer) {
        return switch (timer) {
            case START -> startExpired(state);
            case STOP -> kill(state);
            case KILL -> unconfirmed(state);
            case RECONNECT -> state.isReachable() ? ProcStep.to(state) : portClosed(state);
        };
    }

    private ProcStep startExpired(ProcState state) {
        return switch (state.launch()) {
            case ACCEPTED -> {
                ProcStep given =
                        giveUp(state, "neither started nor ended within " + Deadlines.words(deadlines.start()));
                List<ProcEffect> effects = new ArrayList<>(given.effects());
                effects.add(new ProcEffect.Arm(ProcTimer.KILL, deadlines.killConfirmation()));
                yield new ProcStep(given.next().withStop(Stop.KILLING), effects);
            }
            case GIVEN_UP ->
                state.start().isPresent() ? ProcStep.to(state) : ProcStep.to(state, new ProcEffect.Forget());
            case ASKED, RECOVERING, TOLD -> ProcStep.to(state);
        };
    }

    private ProcStep unconfirmed(ProcState state) {
        List<ProcEffect> effects = new ArrayList<>();
        effects.add(new ProcEffect.Arm(ProcTimer.KILL, deadlines.killConfirmation()));
        if (!state.isReachable()) {
            return new ProcStep(state, effects);
        }
        effects.add(new ProcEffect.Ask(killOf(state)));
        ProcState next = state;
        if (state.stop() == Stop.KILLING) {
            next = state.withStop(Stop.UNCONFIRMED);
            switch (state.launch()) {
                case TOLD -> effects.add(new ProcEffect.TellExit(new ProcExit.Failed(KILL_NOT_CONFIRMED)));
                case ASKED, ACCEPTED, RECOVERING -> {
                    next = next.withLaunch(Launch.GIVEN_UP);
                    effects.add(new ProcEffect.Disarm(ProcTimer.START));
                    effects.add(new ProcEffect.TellFailed(KILL_NOT_CONFIRMED));
                }
                case GIVEN_UP -> {}
            }
        }
        return new ProcStep(next, effects);
    }

    private static Call.Kill killOf(ProcState state) {
        return new Call.Kill(state.key().proc(), state.key().generation());
    }

    private static Call.Terminate terminateOf(ProcState state, Duration timeout) {
        return new Call.Terminate(state.key().proc(), state.key().generation(), timeout.toMillis() / 1000.0);
    }
}
