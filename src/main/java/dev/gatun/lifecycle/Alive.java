package dev.gatun.lifecycle;

import static dev.gatun.lifecycle.TimerKind.HEALTHY;
import static dev.gatun.lifecycle.TimerKind.START_TIMEOUT;

import java.time.Duration;

/** From the spawn to the exit or the stop. */
final class Alive {
    private final Policy policy;
    private final Ladder ladder;
    private final Restarts restarts;

    Alive(Policy policy, Ladder ladder, Restarts restarts) {
        this.policy = policy;
        this.ladder = ladder;
        this.restarts = restarts;
    }

    Step enter(Change change, int pid, History history) {
        History started = history.started(change.nanos());
        if (policy.probes()) {
            change.add(new Effect.StartProbing());
        } else {
            if (policy.limitsStart()) {
                change.cancel(START_TIMEOUT);
            }
            armHealthy(change, started);
        }
        return change.to(new State.Running(pid, started, change.nanos()), "started");
    }

    Step on(Live live, Event event, Change change) {
        return switch (event.kind()) {
            case BECAME_READY -> live.ready() ? Step.ignored(live.state()) : ready(live, change);
            case EXIT_OBSERVED -> ladder.leaderGone(change, leave(live, change, Afterwards.POLICY));
            case STOP_REQUESTED, KILL_REQUESTED -> ladder.begin(change, leave(live, change, Afterwards.NEVER));
            case RELAUNCH -> ladder.begin(change, leave(live, change, Afterwards.NOW));
            case PROBE_FAILED ->
                policy.probes()
                        ? ladder.begin(change, leave(live, change, Afterwards.POLICY))
                        : Step.ignored(live.state());
            case LIMIT_EXCEEDED ->
                ladder.begin(change, leave(live, change, ((Event.LimitExceeded) event).afterwards()));
            case MORE_TIME_REQUESTED -> moreTime(live, ((Event.MoreTimeRequested) event).time(), change);
            case TIMER_FIRED -> timer(live, ((Event.TimerFired) event).timer(), change);
            case LOST -> {
                leave(live, change, Afterwards.NEVER);
                yield restarts.lost(change, (Event.Lost) event);
            }
            case START, SPAWNED, SPAWN_FAILED, TREE_GONE, HURRY_REQUESTED -> Step.ignored(live.state());
        };
    }

    private Step ready(Live live, Change change) {
        if (startIsLimited(live)) {
            change.cancel(START_TIMEOUT);
        }
        armHealthy(change, live.history());
        return change.to(new State.Ready(live.pid(), live.history(), change.nanos()), "ready");
    }

    private Step moreTime(Live live, Duration time, Change change) {
        if (!startIsLimited(live)) {
            return Step.ignored(live.state());
        }
        long ordinaryNanos = live.sinceNanos() + policy.startTimeout().toNanos() - change.nanos();
        return change.arm(START_TIMEOUT, Duration.ofNanos(Math.max(ordinaryNanos, time.toNanos()))).stay();
    }

    private Step timer(Live live, TimerKind timer, Change change) {
        if (timer == HEALTHY && canBecomeHealthy(live)) {
            return change.to(
                    live.with(live.history().healthy()),
                    "healthy for " + Words.duration(policy.backoff().resetAfter())
                            + ": earlier failures are forgotten");
        }
        if (timer == START_TIMEOUT && startIsLimited(live)) {
            return ladder.begin(change, leave(live, change, Afterwards.POLICY));
        }
        return Step.ignored(live.state());
    }

    /** Undoes what being alive set up. The cause of the stop is the event at hand; no rung is taken yet. */
    private State.Stopping leave(Live live, Change change, Afterwards afterwards) {
        if (policy.probes()) {
            change.add(new Effect.StopProbing());
        }
        boolean limitFired = change.cause().kind() == Event.Kind.TIMER_FIRED;
        if (startIsLimited(live) && !limitFired) {
            change.cancel(START_TIMEOUT);
        }
        if (canBecomeHealthy(live)) {
            change.cancel(HEALTHY);
        }
        return new State.Stopping(
                live.pid(), Rung.DRAIN, change.cause(), afterwards, 0, 0L, null, judged(live, change), change.nanos());
    }

    /** The timer need not have been first: an exit that is seen in the same wake-up may come before it. */
    private History judged(Live live, Change change) {
        long goodNanos = change.nanos() - live.sinceNanos();
        boolean healthy = isGood(live) && goodNanos >= policy.backoff().resetAfter().toNanos();
        return healthy ? live.history().healthy() : live.history();
    }

    private void armHealthy(Change change, History history) {
        if (history.hasFailures()) {
            change.arm(HEALTHY, policy.backoff().resetAfter());
        }
    }

    private boolean canBecomeHealthy(Live live) {
        return isGood(live) && live.history().hasFailures();
    }

    private boolean isGood(Live live) {
        return live.ready() || !policy.probes();
    }

    private boolean startIsLimited(Live live) {
        return !live.ready() && policy.probes() && policy.limitsStart();
    }
}
