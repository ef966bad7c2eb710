package dev.gatun.service;

import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.LinuxException;
import dev.gatun.log.Log;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.init.ManagedProcess;
import dev.gatun.service.instance.InstanceClaim;
import dev.gatun.service.instance.InstanceFile;
import dev.gatun.service.instance.InstanceRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pid files of a launch: one for each of its processes, ours until the end. For the loop's thread. */
final class Instances implements AutoCloseable {

    private final Log log;
    private final Map<String, InstanceClaim> claims = new LinkedHashMap<>();
    private String primaryName = "";
    private String primaryPath = "";

    private Instances(Log log) {
        this.log = log;
    }

    /** No pid files: a health check leaves no trace. */
    static Instances none(Log log) {
        return new Instances(log);
    }

    /**
     * Takes the pid files of all processes, before anything is started.
     *
     * @throws LaunchFailure where one of them runs already
     */
    static Instances claim(ServicePlan plan, Log log) {
        Instances instances = new Instances(log);
        try {
            for (ManagedProcess process : plan.managed()) {
                instances.claim(process, plan);
            }
            return instances;
        } catch (InstanceRefused refused) {
            instances.close();
            throw new LaunchFailure(LaunchStep.PID_FILE, refused.getMessage());
        } catch (LinuxException failure) {
            instances.close();
            throw failure;
        }
    }

    /** Of the processes of the configuration those that this launch is for. */
    private void claim(ManagedProcess process, ServicePlan plan) {
        Optional<ProcessPlan> planned = plan.process(process.name());
        if (planned.isEmpty()) {
            return;
        }
        InstanceFile file = process.instance();
        InstanceClaim claim;
        try {
            claim = file.claim(planned.get().program().toString());
        } catch (LinuxException failure) {
            // On a root that is read-only, say, where nobody looks for a pid file either.
            log.warn("going on without a pid file", "process", process.name(), "problem", failure.getMessage());
            return;
        }
        claims.put(process.name(), claim);
        if (process.name().equals(plan.primary().name())) {
            primaryName = process.name();
            primaryPath = file.path();
        }
        if (claim.tookOver().isPresent()) {
            log.info("replacing an old pid file", "file", file.path(), "reason", claim.tookOver().get());
        }
    }

    /** What the launch sequence tells of them. */
    String describe() {
        return primaryPath.isEmpty() ? "none" : primaryPath;
    }

    /**
     * Writes down the pid of each start, and gives back what is over for good: the others may well go on, and whoever
     * starts that one anew must not wait for us. A service whose pid cannot be written runs all the same.
     */
    void changed(SupervisedProcess process, Transition transition) {
        InstanceClaim claim = claims.get(process.name());
        if (claim == null) {
            return;
        }
        try {
            State.Kind to = transition.to().kind();
            if (to == State.Kind.RUNNING && transition.from().kind() == State.Kind.STARTING) {
                claim.started(process.pid());
            } else if (to.isTerminal() && !process.name().equals(primaryName)) {
                claim.ended();
            }
        } catch (LinuxException failure) {
            log.warn("cannot write the pid file", "problem", failure.getMessage());
        }
    }

    /** Says that we become the primary process. */
    void handedOver() {
        for (InstanceClaim claim : claims.values()) {
            claim.handedOver();
        }
    }

    @Override
    public void close() {
        for (InstanceClaim claim : claims.values()) {
            try {
                claim.ended();
            } catch (LinuxException failure) {
                log.warn("cannot remove the pid file", "problem", failure.getMessage());
            }
        }
    }
}
