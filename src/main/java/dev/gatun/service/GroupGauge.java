package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.CgroupMemory;
import dev.gatun.linux.proc.Measurement;
import dev.gatun.linux.proc.MemoryGauge;
import java.util.Optional;

/** The working set of our control group: all that is in it, ourselves included. */
final class GroupGauge implements MemoryGauge {

    private final Optional<CgroupMemory> group;

    GroupGauge(Libc libc) {
        Optional<CgroupFolder> folder = CgroupMembership.own(libc).controller("memory");
        group = folder.isPresent() ? Optional.of(new CgroupMemory(libc, folder.get())) : Optional.empty();
    }

    @Override
    public Measurement measure(long thresholdBytes) {
        Optional<CgroupMemory.Usage> usage = group.isEmpty() ? Optional.empty() : group.get().usage();
        return new Measurement(
                usage.isEmpty() ? -1 : usage.get().workingSetBytes(), Measurement.Method.PROPORTIONAL, 0);
    }

    @Override
    public void close() {
        // Its files are opened for each look.
    }
}
