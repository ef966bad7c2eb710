package dev.gatun.service;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Problem;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.StandardStream;
import dev.gatun.log.LineWriter;
import dev.gatun.log.Log;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code gatun service}, from its command line to its exit code. */
public final class ServiceLauncher {

    private static final int FAILED = 1;

    /**
     * Whether the service runs.
     *
     * @param sentence for people
     */
    public record Status(boolean running, String sentence) {}

    private final Libc libc;
    private final LaunchRequest request;
    private final LineWriter complaints;

    public ServiceLauncher(Libc libc, LaunchRequest request) {
        this.libc = requireNonNull(libc);
        this.request = requireNonNull(request);
        this.complaints = new LineWriter(libc, StandardStream.error(libc));
    }

    /** Launches the service and stays with it, or becomes it; the result is our exit code. */
    public int startup() {
        return launch(false);
    }

    /**
     * Runs the health check: what {@code launcher-check.yml} describes, beside the service and without a trace: no pid
     * file, no port, no watchdog, no arguments of the operator.
     */
    public int check() {
        return launch(true);
    }

    /** Looks whether the service runs. A pid file of one that does not is removed. */
    public Status status() {
        try {
            return new StatusLook(libc, request).look();
        } catch (LaunchFailure failure) {
            return new Status(false, failure.getMessage());
        }
    }

    private int launch(boolean check) {
        ServiceLog log = new ServiceLog(libc, request);
        LaunchSequence sequence = new LaunchSequence(log::log);
        try {
            Optional<String> problem = new SignalOwnership(libc).take();
            if (problem.isPresent()) {
                return complain("Launch failed: " + problem.get());
            }
            ServicePlan plan = new ServicePreparation(libc, request, check, log, sequence).prepare();
            if (!check && (request.handsOver() || plan.needsNobody())) {
                return handOver(plan, sequence, log.log());
            }
            return supervise(plan, sequence, log.log(), check);
        } catch (RefusedConfiguration refused) {
            return complain(refused);
        } catch (LaunchFailure failure) {
            return complain("Launch failed: step " + failure.step().number() + ", " + failure.step().text() + ": "
                    + failure.getMessage());
        } catch (LinuxException failure) {
            return complain("Launch failed: " + failure.getMessage());
        } catch (RuntimeException bug) {
            return complain("Launch failed: internal error, please report it: " + bug + " at "
                    + bug.getStackTrace()[0]);
        }
    }

    private int complain(String sentence) {
        complaints.write(sentence + "\n");
        return FAILED;
    }

    /** The first problem stands where the older launchers had theirs. */
    private int complain(RefusedConfiguration refused) {
        String start = "Launch failed: config error: ";
        for (Problem problem : refused.errors()) {
            complaints.write(start + problem.describe() + "\n");
            start = "    ";
        }
        return FAILED;
    }

    private int supervise(ServicePlan plan, LaunchSequence sequence, Log log, boolean check) {
        long start = System.nanoTime();
        try (Instances instances = check ? Instances.none(log) : Instances.claim(plan, log)) {
            ServiceSession session = new ServiceSession(libc, log, plan, instances);
            try {
                OptionalInt early = session.stopBeforeStart();
                if (early.isPresent()) {
                    log.info("stop requested before the start: nothing was started", "signal", early.getAsInt());
                    return 128 + early.getAsInt();
                }
                return accompany(session, plan, sequence, log, start);
            } finally {
                session.close();
            }
        }
    }

    private int accompany(ServiceSession session, ServicePlan plan, LaunchSequence sequence, Log log, long start) {
        try {
            sequence.make(LaunchStep.SPAWN, session::start, words -> words);
            sequence.make(LaunchStep.PID_FILE, session::describePidFile, words -> words);
            sequence.make(LaunchStep.READINESS, session::openReadiness, words -> words);
            sequence.make(LaunchStep.WATCHDOG, session::startWatchdog, words -> words);
            sequence.make(LaunchStep.SIDECARS, session::startOthers, words -> words);
        } catch (LaunchFailure failure) {
            session.abandon(failure.getMessage());
            throw failure;
        }
        Outcome outcome = session.run();
        int exitCode = ExitCodes.of(outcome, request.legacyExitCodes());
        if (outcome.kind() == Outcome.Kind.WATCHDOG_KILLED) {
            complaints.write("the RSS watchdog terminated the process: " + outcome.describe() + "\n");
        }
        log.info("service has ended: " + outcome.describe(), "exit_code", exitCode,
                "duration", (System.nanoTime() - start) / 1_000_000 + "ms",
                "watchdog_triggered", session.watchdogTriggered());
        TerminationMessage.write(log, plan.resolve(plan.config().terminationMessagePath()),
                plan.metadata().name() + ": " + outcome.describe(), session.lastLines());
        return exitCode;
    }

    private int handOver(ServicePlan plan, LaunchSequence sequence, Log log) {
        try (Instances instances = Instances.claim(plan, log)) {
            log.info("becoming the service: there is nothing to watch");
            instances.handedOver();
            String failure = new ServiceSetup(libc, plan).become(plan.primary());
            throw new LaunchFailure(LaunchStep.SPAWN, "failed to start process: " + failure);
        }
    }
}
