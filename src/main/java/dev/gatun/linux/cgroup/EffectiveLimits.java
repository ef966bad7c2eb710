package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.cgroup.TightestLimit.Resource;
import dev.gatun.linux.proc.MemoryInfo;
import java.util.OptionalLong;

/**
 * The limits that hold for the processes of a group, by the groups above it as well, and never more than the machine has.
 * Nothing here throws: what cannot be told is an outcome with a sentence.
 */
public final class EffectiveLimits {

    private final Libc libc;
    private final CgroupMembership membership;

    /**
     * Limits of the groups that a process is in.
     *
     * @param membership {@link CgroupMembership#own} as a rule
     */
    public EffectiveLimits(Libc libc, CgroupMembership membership) {
        this.libc = requireNonNull(libc);
        this.membership = requireNonNull(membership);
    }

    /** By {@code memory.max} (version 2) and {@code memory.limit_in_bytes} (version 1). */
    public MemoryLimit memory() {
        TightestLimit limit = TightestLimit.find(libc, membership, Resource.MEMORY);
        return switch (limit.outcome()) {
            case LIMITED -> atMost(machineBytes(), limit);
            case UNLIMITED -> machine(machineBytes(), limit);
            case NO_CONTROLLER, UNREADABLE ->
                new MemoryLimit(limit.outcome(), 0, limit.source(), limit.problem());
        };
    }

    private OptionalLong machineBytes() {
        try {
            return MemoryInfo.totalBytes(libc);
        } catch (LinuxException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static MemoryLimit atMost(OptionalLong machine, TightestLimit limit) {
        long bytes = (long) limit.value();
        if (machine.isPresent() && machine.getAsLong() < bytes) {
            return new MemoryLimit(LimitOutcome.LIMITED, machine.getAsLong(), MemoryInfo.FILE,
                    machine.getAsLong() + " bytes, all that the machine has: " + limit.source() + " allows " + bytes);
        }
        return new MemoryLimit(LimitOutcome.LIMITED, bytes, limit.source(), bytes + " bytes, by " + limit.source());
    }

    private static MemoryLimit machine(OptionalLong machine, TightestLimit limit) {
        if (machine.isEmpty()) {
            return new MemoryLimit(LimitOutcome.UNREADABLE, 0, MemoryInfo.FILE,
                    "no group sets a limit, and " + MemoryInfo.FILE + " does not tell the machine's memory");
        }
        long bytes = machine.getAsLong();
        return new MemoryLimit(LimitOutcome.UNLIMITED, bytes, MemoryInfo.FILE,
                bytes + " bytes, all that the machine has: no group from " + limit.source() + " upwards sets a limit");
    }

    /** By {@code cpu.max} (version 2), {@code cpu.cfs_quota_us} and {@code cpu.cfs_period_us} (version 1). */
    public ProcessorLimit processors() {
        TightestLimit limit = TightestLimit.find(libc, membership, Resource.PROCESSORS);
        return switch (limit.outcome()) {
            case LIMITED -> new ProcessorLimit(LimitOutcome.LIMITED, limit.value(), limit.source(),
                    limit.value() + " processors, by " + limit.source());
            case UNLIMITED -> new ProcessorLimit(LimitOutcome.UNLIMITED, 0, "",
                    "no group from " + limit.source() + " upwards sets a limit");
            case NO_CONTROLLER, UNREADABLE ->
                new ProcessorLimit(limit.outcome(), 0, limit.source(), limit.problem());
        };
    }
}
