package dev.gatun.service;

import dev.gatun.linux.DescriptorTable;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.process.ProcessSetup;
import dev.gatun.service.launch.ServiceEnvironment;
import java.util.Map;
import java.util.Optional;

/** What each process of a service is like when its program starts. */
final class ServiceSetup {

    private final Libc libc;
    private final ServicePlan plan;

    ServiceSetup(Libc libc, ServicePlan plan) {
        this.libc = libc;
        this.plan = plan;
    }

    /**
     * The set-up of a process, but for its streams.
     *
     * @param more variables that are known only now
     */
    ProcessSetup of(ProcessPlan process, Map<String, String> more) {
        ServiceEnvironment environment = process.environment();
        for (Map.Entry<String, String> variable : more.entrySet()) {
            environment = environment.with(variable.getKey(), variable.getValue());
        }
        return new ProcessSetup(process.program(), process.command().arguments(), environment.entries())
                .limits(plan.limits())
                .cgroups(process.cgroups())
                .workingDirectory(plan.distRoot().path())
                // As if we were not there: 3<file, socket activation.
                .keepDescriptors(DescriptorTable.inherited(libc))
                // Whatever becomes of us, nobody is left behind.
                .parentDeathSignal(Optional.of(Signal.KILL));
    }

    /** Becomes the process; returns only when that fails, with the step that did. */
    String become(ProcessPlan process) {
        ProcessSetup setup = of(process, Map.of()).parentDeathSignal(Optional.empty());
        StandardStreams.of(plan.config()).applyTo(setup);
        return setup.tapeInPlace(libc).become(libc).toString();
    }
}
