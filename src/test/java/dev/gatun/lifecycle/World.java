package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A shell and a kernel that keep their side of the contract, and hold the core to its own: every step is checked as it is
 * carried out. A leader ignores all signals but KILL, and has descendants that do the same.
 */
final class World {
    static final int CHOICES = 25;

    private final Policy policy;
    private final Lifecycle lifecycle;
    private final Random random;
    private final Map<TimerKind, Long> timers = new EnumMap<>(TimerKind.class);

    private State state = new State.Idle();
    private long nanos;
    private int pids;
    private int leader;
    private boolean descendants;
    private boolean spawning;
    private boolean awaited;
    private boolean probing;
    private int exits;
    private int exitsAccounted;
    private int restartsInRow;
    private long goodSinceNanos;

    World(Policy policy, long seed) {
        this.policy = policy;
        this.lifecycle = new Lifecycle(policy);
        this.random = new Random(seed);
        // Near the overflow, since nanoTime may start anywhere.
        this.nanos = Long.MAX_VALUE - Duration.ofMinutes(2).toNanos();
    }

    State state() {
        return state;
    }

    /** One thing that can happen happens. */
    void act(int choice) {
        nanos += random.nextLong(Duration.ofSeconds(random.nextInt(10) == 0 ? 40 : 2).toNanos());
        switch (choice) {
            case 0 -> on(new Event.Start());
            case 1, 2 -> answerSpawn(random.nextInt(4) != 0);
            case 3 -> on(new Event.BecameReady());
            case 4 -> on(new Event.ProbeFailed("no answer"));
            case 5, 6 -> exit();
            case 7 -> endTree();
            case 8 -> on(stop());
            case 9 -> on(new Event.HurryRequested());
            case 10 -> on(random.nextInt(3) == 0 ? new Event.KillRequested("kill") : stop());
            case 11, 12, 13 -> fireNext();
            case 14 -> on(random.nextBoolean()
                    ? new Event.LimitExceeded(200, 100)
                    : new Event.MoreTimeRequested(Duration.ofSeconds(random.nextInt(60))));
            case 15 -> on(new Event.Relaunch());
            case 16 -> lose();
            case 17, 18, 19, 20, 21, 22, 23, 24 -> crashOnceMore();
            default -> throw new IllegalArgumentException("no such choice: " + choice);
        }
    }

    /** From here on somebody wants the end, the timers fire and the kernel answers: it must come. */
    void stopAndCheckThatItEnds() {
        if (state.kind() == State.Kind.IDLE || state.kind().isTerminal()) {
            return;
        }
        on(stop());
        for (int steps = 0; steps < 20 && !state.kind().isTerminal(); steps++) {
            if (spawning) {
                answerSpawn(random.nextBoolean());
            } else if (!timers.isEmpty()) {
                fireNext();
            } else if (leader != 0) {
                assertThat(policy.stop().escalates()).as("a stop that nothing drives").isFalse();
                exit();
            } else {
                assertThat(awaited).as("nothing is left to happen in %s", state).isTrue();
                endTree();
            }
        }
        assertThat(state.kind().isTerminal()).as("ended: %s", state).isTrue();
    }

    void checkAccounts() {
        assertThat(exitsAccounted).as("exits accounted for").isEqualTo(exits);
    }

    private Event stop() {
        OptionalInt signal = random.nextBoolean() ? OptionalInt.of(2) : OptionalInt.empty();
        Optional<Duration> timeout =
                random.nextInt(4) == 0 ? Optional.of(Duration.ofSeconds(random.nextInt(20))) : Optional.empty();
        return new Event.StopRequested("stop", signal, timeout);
    }

    private void crashOnceMore() {
        if (spawning) {
            answerSpawn(true);
        } else if (leader != 0) {
            exit(new ExitStatus.Code(1));
            endTree();
        } else {
            fireNext();
        }
    }

    private void answerSpawn(boolean success) {
        if (!spawning) {
            return;
        }
        spawning = false;
        if (success) {
            leader = ++pids;
            descendants = random.nextBoolean();
            on(new Event.Spawned(leader));
        } else {
            SpawnFailure.Kind[] kinds = SpawnFailure.Kind.values();
            boolean shortage = random.nextInt(3) != 0;
            SpawnFailure.Kind kind = shortage ? SpawnFailure.Kind.RESOURCE : kinds[random.nextInt(kinds.length)];
            on(new Event.SpawnFailed(Script.failure(kind)));
        }
    }

    private void exit() {
        exit(
                random.nextBoolean()
                        ? new ExitStatus.Code(random.nextInt(3))
                        : new ExitStatus.Signal(1 + random.nextInt(64), false));
    }

    private void exit(ExitStatus status) {
        if (leader == 0) {
            return;
        }
        leader = 0;
        exits++;
        on(new Event.ExitObserved(status, random.nextBoolean() ? "" : "oom_kill 1"));
    }

    private void endTree() {
        descendants = false;
        answerTree();
    }

    private void answerTree() {
        if (awaited && !descendants) {
            awaited = false;
            on(new Event.TreeGone());
        }
    }

    private void lose() {
        boolean known = spawning || leader != 0;
        leader = 0;
        spawning = false;
        awaited = awaited && !known;
        on(new Event.Lost("spawner gone"));
        if (state.kind().isTerminal()) {
            awaited = false;
        }
    }

    private void fireNext() {
        TimerKind next = null;
        for (TimerKind timer : timers.keySet()) {
            if (next == null || timers.get(timer) - timers.get(next) < 0) {
                next = timer;
            }
        }
        if (next != null) {
            nanos = Math.max(nanos - timers.get(next), 0) + timers.remove(next);
            on(new Event.TimerFired(next));
        }
    }

    private void on(Event event) {
        State from = state;
        Step step = lifecycle.on(from, event, new Moment(nanos, random.nextDouble()));
        assertThat(lifecycle.on(from, event, new Moment(nanos, 0.5)).next().kind()).isEqualTo(step.next().kind());
        state = step.next();
        if (event instanceof Event.ExitObserved && from.pid() != 0 && state.pid() == 0) {
            exitsAccounted++;
        }
        boolean killed = false;
        for (int at = 0; at < step.effects().size(); at++) {
            Effect effect = step.effects().get(at);
            killed |= effect.equals(new Effect.Signal(Target.TREE, 9));
            carryOut(effect, at == step.effects().size() - 1);
        }
        count(from, event);
        check(from, event, step);
        if (killed) {
            descendants = false;
            // The kernel takes its time, now and then so much that the KILL is repeated.
            if (random.nextInt(3) != 0) {
                exit(new ExitStatus.Signal(9, false));
                answerTree();
            }
        } else {
            answerTree();
        }
    }

    private void carryOut(Effect effect, boolean last) {
        switch (effect) {
            case Effect.Spawn spawn -> {
                assertThat(spawning).as("spawn while spawning").isFalse();
                assertThat(leader).as("spawn while one is alive").isZero();
                assertThat(awaited).as("spawn while descendants are awaited").isFalse();
                assertThat(spawn.attempt()).isEqualTo(state.attempt());
                spawning = true;
            }
            case Effect.Signal signal ->
                assertThat(leader != 0 || signal.target() == Target.TREE)
                        .as("%s without a leader", signal)
                        .isTrue();
            case Effect.ArmTimer arm -> {
                assertThat(arm.delay()).isBetween(Duration.ZERO, longest());
                timers.put(arm.timer(), nanos + arm.delay().toNanos());
            }
            case Effect.CancelTimer cancel ->
                assertThat(timers.remove(cancel.timer())).as("%s is armed", cancel).isNotNull();
            case Effect.StartProbing start -> {
                assertThat(probing).isFalse();
                probing = true;
            }
            case Effect.StopProbing stop -> {
                assertThat(probing).isTrue();
                probing = false;
            }
            case Effect.AwaitTree await -> {
                assertThat(awaited).isFalse();
                assertThat(leader).isZero();
                awaited = true;
            }
            case Effect.Publish publish -> {
                assertThat(last).as("published last").isTrue();
                assertThat(publish.transition().to()).isSameAs(state);
                assertThat(publish.transition().reason()).isNotBlank();
            }
        }
    }

    private Duration longest() {
        return Duration.ofSeconds(60);
    }

    private void count(State from, Event event) {
        boolean restart = event.equals(new Event.TimerFired(TimerKind.RESTART));
        if (from.kind().isTerminal() || event instanceof Event.Relaunch) {
            restartsInRow = 0;
        } else if (from instanceof State.BackingOff waiting
                && restart
                && !(waiting.last() instanceof Outcome.SpawnFailed)) {
            restartsInRow++;
        }
        boolean wasGood = isGood(from);
        if (wasGood && nanos - goodSinceNanos >= policy.backoff().resetAfter().toNanos()) {
            restartsInRow = 0;
        }
        if (isGood(state) && (!wasGood || from.kind() != state.kind())) {
            goodSinceNanos = nanos;
        }
    }

    private boolean isGood(State some) {
        return some.kind() == State.Kind.READY || some.kind() == State.Kind.RUNNING && !policy.probes();
    }

    private History history() {
        return switch (state) {
            case State.Starting starting -> starting.history();
            case State.Running running -> running.history();
            case State.Ready ready -> ready.history();
            case State.Stopping stopping -> stopping.history();
            case State.BackingOff waiting -> waiting.history();
            case State.Idle idle -> null;
            case State.Exited exited -> null;
            case State.Failed failed -> null;
        };
    }

    private void check(State from, Event event, Step step) {
        boolean published =
                !step.effects().isEmpty() && step.effects().getLast().kind() == Effect.Kind.PUBLISH;
        assertThat(published).as("%s on %s", from, event).isEqualTo(!from.equals(state));
        assertThat(state.pid()).as("live leader in %s", state).isEqualTo(leader);
        assertThat(spawning).as("spawn under way in %s", state).isEqualTo(awaitsSpawn());
        if (policy.restart().maxRestarts().isPresent()) {
            assertThat(restartsInRow).isLessThanOrEqualTo(policy.restart().maxRestarts().getAsInt());
        }
        if (probing) {
            assertThat(state.kind()).isIn(State.Kind.RUNNING, State.Kind.READY);
        }
        switch (state) {
            case State.BackingOff waiting -> {
                assertThat(timers).containsOnlyKeys(TimerKind.RESTART);
                assertThat(timers.get(TimerKind.RESTART)).isEqualTo(waiting.untilNanos());
            }
            case State.Exited exited -> checkEnd(exited.outcome());
            case State.Failed failed -> checkEnd(failed.outcome());
            case State.Idle idle -> assertThat(timers).isEmpty();
            case State.Starting starting ->
                assertThat(timers.keySet()).isSubsetOf(TimerKind.START_TIMEOUT);
            case State.Running running ->
                assertThat(timers.keySet()).isSubsetOf(TimerKind.START_TIMEOUT, TimerKind.HEALTHY);
            case State.Ready ready -> assertThat(timers.keySet()).isSubsetOf(TimerKind.HEALTHY);
            case State.Stopping stopping -> assertThat(timers.keySet()).isSubsetOf(timersOf(stopping.rung()));
        }
        checkBreaker(from, event);
    }

    private boolean awaitsSpawn() {
        return state.kind() == State.Kind.STARTING
                || state instanceof State.Stopping stopping && stopping.rung() == Rung.AWAIT_SPAWN;
    }

    private static TimerKind[] timersOf(Rung rung) {
        return switch (rung) {
            case AWAIT_SPAWN, FORWARDED, REST_WAIT -> new TimerKind[0];
            case DRAIN -> new TimerKind[]{TimerKind.DRAIN};
            case LEADER -> new TimerKind[]{TimerKind.STOP_GROUP, TimerKind.STOP_KILL};
            case GROUP, REST -> new TimerKind[]{TimerKind.STOP_KILL};
            case KILL -> new TimerKind[]{TimerKind.KILL_CONFIRM};
        };
    }

    private void checkEnd(Outcome outcome) {
        assertThat(timers).isEmpty();
        assertThat(outcome.exitCode()).isBetween(0, 255);
        assertThat(outcome.describe()).isNotBlank();
    }

    private void checkBreaker(State from, Event event) {
        History history = history();
        if (history == null) {
            return;
        }
        int opensAt = policy.breaker().failures();
        if (opensAt == 0) {
            assertThat(history.breaker()).isEqualTo(Breaker.CLOSED);
            return;
        }
        if (history.breaker() == Breaker.OPEN) {
            assertThat(state.kind()).isEqualTo(State.Kind.BACKING_OFF);
            assertThat(history.failuresInRow()).isGreaterThanOrEqualTo(opensAt);
        }
        if (history.breaker() == Breaker.CLOSED) {
            assertThat(history.failuresInRow()).isLessThan(opensAt);
        }
        if (from instanceof State.BackingOff waiting
                && waiting.history().breaker() == Breaker.OPEN
                && state.kind() == State.Kind.STARTING) {
            assertThat(history.breaker()).isEqualTo(Breaker.HALF_OPEN);
            assertThat(event.kind()).isIn(Event.Kind.TIMER_FIRED, Event.Kind.RELAUNCH);
        }
    }
}
