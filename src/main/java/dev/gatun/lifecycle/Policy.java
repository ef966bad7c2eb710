package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * All that is decided beforehand about one process.
 *
 * @param restart whether it is started again
 * @param stop how it is ended
 * @param backoff how long to wait between starts
 * @param breaker when to suspend restarts
 * @param probes whether readiness and health are probed; if not, a process that runs is taken for a good one
 * @param startTimeout from the start until readiness; zero is without limit. Without probes it limits the spawn alone
 * @param rest what becomes of descendants that outlive the leader
 * @param exitMapping a run whose exit code maps to 0 is a success for {@code restart}
 */
public record Policy(
        RestartPolicy restart,
        StopLadder stop,
        Backoff backoff,
        BreakerPolicy breaker,
        boolean probes,
        Duration startTimeout,
        Rest rest,
        ExitMapping exitMapping) {
    /** Run it once: no restart, no breaker, no probes; 10 s from TERM to KILL; the end of the leader is the end. */
    public static final Policy DEFAULT = new Policy(
            RestartPolicy.no(),
            StopLadder.DEFAULT,
            Backoff.DEFAULT,
            BreakerPolicy.disabled(),
            false,
            Duration.ZERO,
            Rest.LEAVE,
            ExitMapping.IDENTITY);

    /** @throws IllegalArgumentException with one sentence if a value is out of range or two contradict each other */
    public Policy {
        requireNonNull(restart, "restart");
        requireNonNull(stop, "stop");
        requireNonNull(backoff, "backoff");
        requireNonNull(breaker, "breaker");
        Durations.check("start timeout", startTimeout, Duration.ZERO);
        requireNonNull(rest, "rest");
        requireNonNull(exitMapping, "exitMapping");
        if (!stop.escalates() && rest == Rest.END) {
            throw new IllegalArgumentException(
                    "ending the rest needs a stop ladder, and this one only forwards signals");
        }
        if (!stop.escalates() && (probes || !startTimeout.isZero())) {
            throw new IllegalArgumentException(
                    "probes and a start timeout need a stop ladder, and this one only forwards signals");
        }
    }

    public Policy withRestart(RestartPolicy next) {
        return new Policy(next, stop, backoff, breaker, probes, startTimeout, rest, exitMapping);
    }

    public Policy withStop(StopLadder next) {
        return new Policy(restart, next, backoff, breaker, probes, startTimeout, rest, exitMapping);
    }

    public Policy withBackoff(Backoff next) {
        return new Policy(restart, stop, next, breaker, probes, startTimeout, rest, exitMapping);
    }

    public Policy withBreaker(BreakerPolicy next) {
        return new Policy(restart, stop, backoff, next, probes, startTimeout, rest, exitMapping);
    }

    public Policy withProbes(boolean next) {
        return new Policy(restart, stop, backoff, breaker, next, startTimeout, rest, exitMapping);
    }

    public Policy withStartTimeout(Duration next) {
        return new Policy(restart, stop, backoff, breaker, probes, next, rest, exitMapping);
    }

    public Policy withRest(Rest next) {
        return new Policy(restart, stop, backoff, breaker, probes, startTimeout, next, exitMapping);
    }

    public Policy withExitMapping(ExitMapping next) {
        return new Policy(restart, stop, backoff, breaker, probes, startTimeout, rest, next);
    }

    boolean limitsStart() {
        return !startTimeout.isZero();
    }

    /** Whether a run counts against the process: a fault always does, an end of its own as the exit mapping has it. */
    boolean isFailure(Outcome outcome) {
        return switch (outcome.kind()) {
            case EXITED_NORMALLY, SIGNALLED, STOPPED -> exitMapping.apply(outcome.exitCode()) != 0;
            case OOM_KILLED, WATCHDOG_KILLED, PROBE_FAILED, START_TIMEOUT, SPAWN_FAILED, LOST_BY_LAUNCHER -> true;
        };
    }
}
