package dev.gatun.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Policies and events that between them reach every branch. */
final class Samples {
    private Samples() {}

    static List<Policy> policies() {
        List<Policy> all = new ArrayList<>();
        for (Policy ended : endings()) {
            for (Policy restarted : restarts(ended)) {
                all.add(restarted);
                if (ended.stop().escalates()) {
                    all.add(restarted.withProbes(true));
                    all.add(restarted.withProbes(true).withStartTimeout(Duration.ofSeconds(20)));
                    all.add(restarted.withStartTimeout(Duration.ofSeconds(20)));
                }
            }
        }
        return all;
    }

    private static List<Policy> endings() {
        List<Policy> all = new ArrayList<>();
        StopLadder ladder = StopLadder.DEFAULT;
        for (Rest rest : Rest.values()) {
            all.add(Policy.DEFAULT.withRest(rest).withStop(ladder));
            all.add(Policy.DEFAULT.withRest(rest).withStop(ladder.withDrain(Duration.ofSeconds(3))));
            all.add(Policy.DEFAULT.withRest(rest).withStop(ladder.withTimeout(Duration.ZERO)));
            all.add(Policy.DEFAULT.withRest(rest).withStop(ladder.withTarget(Target.GROUP)));
        }
        all.add(Policy.DEFAULT.withStop(StopLadder.none()));
        all.add(Policy.DEFAULT.withStop(StopLadder.none()).withRest(Rest.WAIT));
        return all;
    }

    private static List<Policy> restarts(Policy base) {
        BreakerPolicy breaker = new BreakerPolicy(2, Duration.ofSeconds(60));
        return List.of(
                base,
                base.withRestart(RestartPolicy.onFailure().withMaxRestarts(3)),
                base.withRestart(RestartPolicy.always()),
                base.withRestart(RestartPolicy.always().withMaxRestarts(6)).withBreaker(breaker));
    }

    static List<Event> events() {
        List<Event> all = new ArrayList<>(List.of(
                new Event.Start(),
                new Event.Spawned(Script.PID),
                new Event.BecameReady(),
                new Event.ProbeFailed("no answer"),
                new Event.ExitObserved(new ExitStatus.Code(0)),
                new Event.ExitObserved(new ExitStatus.Code(1)),
                new Event.ExitObserved(new ExitStatus.Signal(9, false), "oom_kill 1"),
                new Event.ExitObserved(new ExitStatus.Signal(11, true)),
                new Event.TreeGone(),
                new Event.StopRequested("stop", OptionalInt.empty()),
                new Event.StopRequested("stop", OptionalInt.of(2)),
                new Event.StopRequested("stop", OptionalInt.empty(), Optional.of(Duration.ofSeconds(1))),
                new Event.StopRequested("stop", OptionalInt.of(3), Optional.of(Duration.ZERO)),
                new Event.HurryRequested(),
                new Event.KillRequested("kill"),
                new Event.LimitExceeded(200, 100),
                new Event.LimitExceeded(200, 100, Afterwards.NEVER, Optional.of(Duration.ofSeconds(1))),
                new Event.MoreTimeRequested(Duration.ofSeconds(60)),
                new Event.Relaunch(),
                new Event.Lost("spawner gone")));
        for (SpawnFailure.Kind kind : SpawnFailure.Kind.values()) {
            all.add(new Event.SpawnFailed(Script.failure(kind)));
        }
        for (TimerKind timer : TimerKind.values()) {
            all.add(new Event.TimerFired(timer));
        }
        return all;
    }
}
