package dev.gatun.service;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.EffectiveLimits;
import dev.gatun.linux.cgroup.LimitOutcome;
import dev.gatun.linux.cgroup.MemoryLimit;
import dev.gatun.linux.cgroup.ProcessorLimit;
import dev.gatun.linux.proc.MemoryInfo;
import dev.gatun.linux.proc.ProcessorCount;
import dev.gatun.process.InheritedEnvironment;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.launch.ContainerMode;
import dev.gatun.service.launch.DetectedCpus;
import dev.gatun.service.launch.DetectedLimit;
import dev.gatun.service.launch.MemoryFacts;
import java.util.List;
import java.util.Optional;

/**
 * What this place is like, as far as a launch goes by it.
 *
 * @param inherited our own environment
 * @param processors those that we may run on, whatever the quota
 */
record ServiceFacts(
        List<CString> inherited, ContainerMode container, MemoryFacts memory, int processors,
        Optional<DetectedCpus> cpus) {

    static ServiceFacts gather(Libc libc, ServiceConfig config) {
        List<CString> inherited = InheritedEnvironment.read(libc);
        EffectiveLimits limits = new EffectiveLimits(libc, CgroupMembership.own(libc));
        return new ServiceFacts(
                inherited,
                ContainerMode.of(inherited, config.ignoresContainer()),
                new MemoryFacts(limit(limits.memory()), MemoryInfo.totalBytes(libc), OwnMemory.unreclaimable(libc)),
                ProcessorCount.byAffinity(libc),
                cpus(limits.processors()));
    }

    private static DetectedLimit limit(MemoryLimit memory) {
        return switch (memory.outcome()) {
            // A group that allows more than the machine has is no limit: nothing is shared but the machine.
            case LIMITED -> memory.source().equals(MemoryInfo.FILE)
                    ? DetectedLimit.unlimited()
                    : DetectedLimit.of(memory.bytes(), memory.source());
            case UNLIMITED -> DetectedLimit.unlimited();
            case NO_CONTROLLER, UNREADABLE -> DetectedLimit.failed(memory.text());
        };
    }

    private static Optional<DetectedCpus> cpus(ProcessorLimit processors) {
        return processors.outcome() == LimitOutcome.LIMITED
                ? Optional.of(new DetectedCpus(processors.processors(), processors.source()))
                : Optional.empty();
    }
}
