package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Result;
import java.util.Optional;

/**
 * What becomes of a connection: the rules of {@code docs/spawner-protocol.md} for {@code hello}, {@code ping} and lines
 * that are no messages, as a function without clock or I/O.
 */
final class LinkRules {

    static final int PROTOCOL = 1;

    private final Call.Hello hello;

    /** @param hello the first request of each connection; the answer has its cookie */
    LinkRules(Call.Hello hello) {
        this.hello = requireNonNull(hello);
    }

    LinkStep on(LinkState state, LinkEvent event) {
        return switch (event) {
            case LinkEvent.Connected _ -> LinkStep.to(new LinkState.Greeting(0), new LinkEffect.Ask(hello));
            case LinkEvent.Closed closed -> switch (state) {
                case LinkState.Down _ ->
                    LinkStep.to(new LinkState.Down(closed.reason()), new LinkEffect.TellUnavailable(closed.reason()));
                case LinkState.Greeting _ ->
                    LinkStep.to(new LinkState.Down(closed.reason()), new LinkEffect.TellUnavailable(closed.reason()));
                case LinkState.Open _ ->
                    LinkStep.to(new LinkState.Down(closed.reason()), new LinkEffect.TellLost(closed.reason()));
            };
            case LinkEvent.Junk _ -> junk(state);
            case LinkEvent.Message _ -> message(state);
            case LinkEvent.HelloAnswered answered -> answered(state, answered.result());
            case LinkEvent.HelloFailed failed ->
                state instanceof LinkState.Greeting ? drop(state, "hello: " + failed.detail()) : LinkStep.to(state);
            case LinkEvent.PingDue _ -> ping(state);
            case LinkEvent.PingAnswered _ -> switch (state) {
                case LinkState.Open open ->
                    LinkStep.to(new LinkState.Open(open.capabilities(), 0, open.junkInRow()));
                case LinkState.Down _, LinkState.Greeting _ -> LinkStep.to(state);
            };
            case LinkEvent.Choked choked ->
                state instanceof LinkState.Down ? LinkStep.to(state) : drop(state, choked.detail());
        };
    }

    private LinkStep answered(LinkState state, Result result) {
        if (!(state instanceof LinkState.Greeting greeting)) {
            return LinkStep.to(state);
        }
        if (!(result instanceof Result.Hello answer)) {
            return drop(state, "hello: not answered by what it asks for");
        }
        Optional<String> objection = objection(answer);
        return objection.isPresent()
                ? drop(state, objection.get())
                : LinkStep.to(
                        new LinkState.Open(answer.capabilities(), 0, greeting.junkInRow()),
                        new LinkEffect.TellOpen(answer.capabilities()),
                        new LinkEffect.ArmPing());
    }

    private Optional<String> objection(Result.Hello answer) {
        if (!answer.cookie().equals(hello.cookie())) {
            return Optional.of("hello: answered with another cookie than SPAWNER_COOKIE has");
        }
        return answer.protocols().contains(PROTOCOL)
                ? Optional.empty()
                : Optional.of("hello: the spawner speaks version " + answer.protocols() + " of the protocol, not "
                        + PROTOCOL);
    }

    private static LinkStep junk(LinkState state) {
        return switch (state) {
            case LinkState.Down _ -> LinkStep.to(state);
            case LinkState.Greeting greeting ->
                junk(new LinkState.Greeting(greeting.junkInRow() + 1), greeting.junkInRow() + 1);
            case LinkState.Open open -> junk(
                    new LinkState.Open(open.capabilities(), open.unansweredPings(), open.junkInRow() + 1),
                    open.junkInRow() + 1);
        };
    }

    private static LinkStep junk(LinkState next, int inRow) {
        return inRow < Deadlines.MAX_JUNK_LINES
                ? LinkStep.to(next)
                : drop(next, inRow + " lines in a row that are no message");
    }

    private static LinkStep message(LinkState state) {
        return LinkStep.to(switch (state) {
            case LinkState.Down down -> down;
            case LinkState.Greeting _ -> new LinkState.Greeting(0);
            case LinkState.Open open -> new LinkState.Open(open.capabilities(), open.unansweredPings(), 0);
        });
    }

    private static LinkStep ping(LinkState state) {
        if (!(state instanceof LinkState.Open open)) {
            return LinkStep.to(state);
        }
        if (open.unansweredPings() == Deadlines.MAX_MISSED_PINGS) {
            return drop(state, Deadlines.MAX_MISSED_PINGS + " pings in a row were not answered");
        }
        return LinkStep.to(
                new LinkState.Open(open.capabilities(), open.unansweredPings() + 1, open.junkInRow()),
                new LinkEffect.Ask(new Call.Ping()),
                new LinkEffect.ArmPing());
    }

    /** As if the other side had closed it. */
    private static LinkStep drop(LinkState state, String reason) {
        return LinkStep.to(
                new LinkState.Down(reason),
                new LinkEffect.Drop(reason),
                state instanceof LinkState.Open
                        ? new LinkEffect.TellLost(reason)
                        : new LinkEffect.TellUnavailable(reason));
    }
}
