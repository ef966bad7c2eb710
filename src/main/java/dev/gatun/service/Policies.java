package dev.gatun.service;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Target;
import dev.gatun.service.config.ReadinessSettings;
import dev.gatun.service.config.RestartSettings;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.SignalScope;
import java.time.Duration;

/** What the pure core decides by, from a service's configuration. */
final class Policies {

    private Policies() {}

    static Policy ofPrimary(ServiceConfig config) {
        ReadinessSettings readiness = config.readiness();
        return Policy.DEFAULT
                .withStop(ladder(config)
                        .withSignal(config.stop().signal().number())
                        .withDrain(readiness.effectiveDrain()))
                .withRestart(restart(config.restart()))
                .withBackoff(Backoff.of(config.restart().backoffMin(), config.restart().backoffMax()))
                .withProbes(readiness.check().isPresent())
                .withStartTimeout(readiness.check().isPresent() ? readiness.startTimeout() : Duration.ZERO)
                .withRest(Rest.END);
    }

    /** A sub-process is told to go when the primary process has gone; nobody asks it for anything but to end. */
    static Policy ofSubProcess(ServiceConfig config, RestartSettings restart) {
        return Policy.DEFAULT
                .withStop(ladder(config))
                .withRestart(restart(restart))
                .withBackoff(Backoff.of(restart.backoffMin(), restart.backoffMax()))
                .withRest(Rest.END);
    }

    private static StopLadder ladder(ServiceConfig config) {
        StopLadder ladder = StopLadder.DEFAULT.withTimeout(config.stop().timeout());
        return config.stop().scope() == SignalScope.GROUP ? ladder.withTarget(Target.GROUP) : ladder;
    }

    private static RestartPolicy restart(RestartSettings settings) {
        RestartPolicy policy = switch (settings.when()) {
            case NO -> RestartPolicy.no();
            case ON_FAILURE -> RestartPolicy.onFailure();
            case ALWAYS -> RestartPolicy.always();
        };
        return settings.maxRestarts().isPresent()
                ? policy.withMaxRestarts(settings.maxRestarts().getAsInt())
                : policy;
    }
}
