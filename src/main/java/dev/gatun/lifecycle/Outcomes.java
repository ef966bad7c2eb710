package dev.gatun.lifecycle;

/** From what set a stop off and how the process then left to one outcome. */
final class Outcomes {
    private Outcomes() {}

    static Outcome of(State.Stopping state, Event.ExitObserved exit, Policy policy) {
        Event cause = state.cause();
        return switch (cause.kind()) {
            case STOP_REQUESTED, KILL_REQUESTED, RELAUNCH ->
                new Outcome.Stopped(
                        exit.status(), state.kills() > 0 && exit.status().isSignal(SignalNumber.KILL));
            case LIMIT_EXCEEDED -> {
                Event.LimitExceeded limit = (Event.LimitExceeded) cause;
                yield new Outcome.WatchdogKilled(limit.rssBytes(), limit.limitBytes(), exit.status());
            }
            case PROBE_FAILED -> new Outcome.ProbeFailed(((Event.ProbeFailed) cause).reason());
            case TIMER_FIRED -> new Outcome.StartTimeout(policy.startTimeout());
            case START, SPAWNED, SPAWN_FAILED, BECAME_READY, EXIT_OBSERVED, TREE_GONE, HURRY_REQUESTED,
                    MORE_TIME_REQUESTED, LOST ->
                own(exit);
        };
    }

    private static Outcome own(Event.ExitObserved exit) {
        if (exit.status() instanceof ExitStatus.Signal ended) {
            return ended.signal() == SignalNumber.KILL && !exit.oomEvidence().isEmpty()
                    ? new Outcome.OomKilled(exit.oomEvidence())
                    : new Outcome.Signalled(ended.signal(), ended.core());
        }
        return new Outcome.ExitedNormally(exit.status().exitCode());
    }

    /** Why a stop was begun, in words. */
    static String reason(Event cause, Policy policy) {
        return switch (cause.kind()) {
            case STOP_REQUESTED -> ((Event.StopRequested) cause).reason();
            case KILL_REQUESTED -> ((Event.KillRequested) cause).reason();
            case RELAUNCH -> "relaunch";
            case PROBE_FAILED -> "probe failed: " + ((Event.ProbeFailed) cause).reason();
            case LIMIT_EXCEEDED -> {
                Event.LimitExceeded limit = (Event.LimitExceeded) cause;
                yield "memory limit exceeded: " + limit.rssBytes() + " of " + limit.limitBytes() + " bytes";
            }
            case TIMER_FIRED -> "not ready within " + Words.duration(policy.startTimeout());
            case START, SPAWNED, SPAWN_FAILED, BECAME_READY, EXIT_OBSERVED, TREE_GONE, HURRY_REQUESTED,
                    MORE_TIME_REQUESTED, LOST ->
                "stopping";
        };
    }
}
