package dev.gatun.simulation;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.BreakerPolicy;
import dev.gatun.lifecycle.ExitMapping;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Target;
import java.time.Duration;
import java.util.List;

/** Draws policies, with short times. */
final class Policies {

    private final Dice dice;

    Policies(Dice dice) {
        this.dice = dice;
    }

    Policy draw() {
        boolean escalates = dice.chance(0.9);
        return new Policy(
                restart(),
                escalates ? ladder() : StopLadder.none(),
                backoff(),
                dice.chance(0.5)
                        ? BreakerPolicy.disabled()
                        : new BreakerPolicy(1 + dice.below(4), millis(0, 2_000)),
                escalates && dice.chance(0.4),
                escalates && dice.chance(0.5) ? millis(20, 2_000) : Duration.ZERO,
                escalates ? dice.any(Rest.values()) : dice.any(Rest.LEAVE, Rest.WAIT),
                dice.chance(0.9) ? ExitMapping.IDENTITY : ExitMapping.parse(List.of("1=0", "143=0")));
    }

    private Duration millis(long least, long most) {
        return Duration.ofMillis(dice.spread(least, most));
    }

    private RestartPolicy restart() {
        RestartPolicy restart = dice.any(RestartPolicy.no(), RestartPolicy.onFailure(), RestartPolicy.always());
        return dice.chance(0.5) ? restart : restart.withMaxRestarts(dice.below(4));
    }

    private StopLadder ladder() {
        return StopLadder.DEFAULT
                .withDrain(dice.chance(0.7) ? Duration.ZERO : millis(1, 500))
                .withSignal(dice.any(15, 15, 2, 3))
                .withTarget(dice.any(Target.values()))
                .withTimeout(dice.chance(0.1) ? Duration.ZERO : millis(1, 2_000))
                .withKillConfirm(millis(20, 1_000));
    }

    private Backoff backoff() {
        Duration least = millis(10, 200);
        return Backoff.of(least, least.plus(millis(0, 1_000))).withResetAfter(millis(0, 2_000));
    }
}
