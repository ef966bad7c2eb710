package dev.gatun.service;

import dev.gatun.linux.Rlimit;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.ReadinessSettings;
import dev.gatun.service.config.RestartWhen;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.StartOrder;
import dev.gatun.service.init.ManagedProcess;
import dev.gatun.service.launch.CpuPlan;
import dev.gatun.service.launch.DistRoot;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.launch.Metadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that is known before anything is started.
 *
 * @param sharesLimit whether the memory limit is that of a control group, which we are in as well
 * @param limits of the primary process and of sub-processes alike
 * @param subProcesses in the order of the configuration
 * @param managed the pid files of all processes of the configuration, whether this launch is for them or not
 */
record ServicePlan(
        DistRoot distRoot,
        ServiceConfig config,
        Metadata metadata,
        CpuPlan cpu,
        MemoryPlan memory,
        boolean sharesLimit,
        List<Rlimit> limits,
        ProcessPlan primary,
        List<SubProcessPlan> subProcesses,
        List<ManagedProcess> managed) {

    /** A sub-process, and when it is started. */
    record SubProcessPlan(StartOrder order, ProcessPlan process) {}

    ServicePlan {
        limits = List.copyOf(limits);
        subProcesses = List.copyOf(subProcesses);
        managed = List.copyOf(managed);
    }

    /** The process of a name, if it is one of ours. */
    Optional<ProcessPlan> process(String name) {
        if (primary.name().equals(name)) {
            return Optional.of(primary);
        }
        for (SubProcessPlan one : subProcesses) {
            if (one.process().name().equals(name)) {
                return Optional.of(one.process());
            }
        }
        return Optional.empty();
    }

    /** One process and nothing beside it. */
    ServicePlan with(ServiceConfig other, ProcessPlan only) {
        return new ServicePlan(distRoot, other, metadata, cpu, memory, sharesLimit, limits, only, List.of(), managed);
    }

    /** A path of the configuration: as it is, or below the dist root. */
    Path resolve(String path) {
        return Path.of(distRoot.resolve(path).toString());
    }

    boolean watchesMemory() {
        return memory.kind() == MemoryPlan.Kind.MANAGED && config.watchesMemory();
    }

    /** Whether nobody is needed beside the service, so that we can become it. */
    boolean needsNobody() {
        ReadinessSettings readiness = config.readiness();
        return config.type() != ConfigType.PYTHON
                && subProcesses.isEmpty()
                && !watchesMemory()
                && !readiness.enabled()
                && readiness.filePath().isEmpty()
                && readiness.check().isEmpty()
                && config.restart().when() == RestartWhen.NO
                && config.logging().capture().isEmpty();
    }
}
