package dev.gatun.process;

import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.GroupLimits;
import dev.gatun.linux.cgroup.LimitedGroup;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Makes a control group for each process of ours that has {@link ResourceLimits}. Thread-safe. */
final class NativeLimits {

    private final Libc libc;
    private final String parent;
    private final CgroupMembership membership;
    private final AtomicLong last = new AtomicLong();

    NativeLimits(Libc libc, String parent) {
        this.libc = libc;
        this.parent = parent;
        this.membership = CgroupMembership.own(libc);
    }

    /**
     * Makes a group. Its name tells people whose it is; the number keeps it apart from one that a daemon holds, and the
     * pid from those of other launchers.
     *
     * @throws java.io.UncheckedIOException with one sentence
     */
    LimitedGroup group(ProcId id, ResourceLimits limits) {
        String readable = id.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = "gatun-" + readable.substring(0, Math.min(40, readable.length())) + "-" + libc.getpid() + "-"
                + last.incrementAndGet();
        return LimitedGroup.create(libc, membership, parent, name, new GroupLimits(
                limits.memoryBytes(),
                limits.processors().isPresent()
                        ? OptionalLong.of(Math.max(1000, Math.round(
                                limits.processors().getAsDouble() * GroupLimits.PERIOD_MICROS)))
                        : OptionalLong.empty(),
                limits.processes()));
    }
}
