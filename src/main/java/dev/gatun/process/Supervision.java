package dev.gatun.process;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Target;
import java.time.Duration;

/**
 * The deadlines of one process under a {@link ProcSupervisor}.
 *
 * @param launchTimeout until its launcher must have answered; an image may have to come first
 * @param readyTimeout from the request until it must have said that it is ready, the launch included; zero for as long
 *     as it takes
 * @param stopTimeout from the request to end until it is killed, unless the request brings its own
 * @param killTimeout from a kill until it must have ended; then it counts as failed, and is killed again and again
 */
public record Supervision(
        Duration launchTimeout, Duration readyTimeout, Duration stopTimeout, Duration killTimeout) {

    /** 5 min to be launched, as long as it takes to be ready, 10 s to end, 5 s to be dead. */
    public static final Supervision DEFAULT = new Supervision(
            Duration.ofMinutes(5), Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5));

    /** @throws IllegalArgumentException with one sentence where a duration is out of range */
    public Supervision {
        if (launchTimeout.isNegative() || launchTimeout.isZero()) {
            throw new IllegalArgumentException("a launch timeout is above zero, not " + launchTimeout);
        }
        policy(readyTimeout, stopTimeout, killTimeout);
    }

    public Supervision withLaunchTimeout(Duration next) {
        return new Supervision(next, readyTimeout, stopTimeout, killTimeout);
    }

    public Supervision withReadyTimeout(Duration next) {
        return new Supervision(launchTimeout, next, stopTimeout, killTimeout);
    }

    public Supervision withStopTimeout(Duration next) {
        return new Supervision(launchTimeout, readyTimeout, next, killTimeout);
    }

    public Supervision withKillTimeout(Duration next) {
        return new Supervision(launchTimeout, readyTimeout, stopTimeout, next);
    }

    /** What the core is to decide by. */
    Policy policy() {
        return policy(readyTimeout, stopTimeout, killTimeout);
    }

    /** Launchers stop whole trees, so there is no rung for a leader alone. */
    private static Policy policy(Duration readyTimeout, Duration stopTimeout, Duration killTimeout) {
        return Policy.DEFAULT
                .withProbes(true)
                .withStartTimeout(readyTimeout)
                .withStop(StopLadder.DEFAULT
                        .withTarget(Target.TREE)
                        .withTimeout(stopTimeout)
                        .withKillConfirm(killTimeout));
    }
}
