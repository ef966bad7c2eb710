package dev.gatun.service;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupLimits;
import dev.gatun.linux.cgroup.CgroupMembership;
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
import java.util.OptionalDouble;
import java.util.OptionalLong;

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
        ContainerMode container = ContainerMode.of(inherited, config.ignoresContainer());
        CgroupMembership own = CgroupMembership.own(libc);
        return new ServiceFacts(inherited, container,
                new MemoryFacts(limit(libc, own), MemoryInfo.totalBytes(libc), 0),
                ProcessorCount.byAffinity(libc),
                cpus(libc, own));
    }

    private static DetectedLimit limit(Libc libc, CgroupMembership own) {
        Optional<CgroupFolder> group = own.controller("memory");
        if (group.isEmpty()) {
            return DetectedLimit.failed("no memory controller");
        }
        DetectedLimit smallest = DetectedLimit.unlimited();
        for (CgroupFolder folder : group.get().upwards()) {
            OptionalLong limit = new CgroupLimits(libc, folder).memoryBytes();
            if (limit.isPresent() && (smallest.bytes().isEmpty() || limit.getAsLong() < smallest.bytes().getAsLong())) {
                smallest = DetectedLimit.of(limit.getAsLong(), folder.path());
            }
        }
        return smallest;
    }

    private static Optional<DetectedCpus> cpus(Libc libc, CgroupMembership own) {
        Optional<CgroupFolder> group = own.controller("cpu");
        Optional<DetectedCpus> smallest = Optional.empty();
        for (CgroupFolder folder : group.isEmpty() ? List.<CgroupFolder>of() : group.get().upwards()) {
            OptionalDouble cpus = new CgroupLimits(libc, folder).cpus();
            if (cpus.isPresent() && (smallest.isEmpty() || cpus.getAsDouble() < smallest.get().cpus())) {
                smallest = Optional.of(new DetectedCpus(cpus.getAsDouble(), folder.path()));
            }
        }
        return smallest;
    }
}
