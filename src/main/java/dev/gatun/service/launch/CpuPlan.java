package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.service.config.CpuSettings;
import java.util.Optional;

/**
 * How many processors the service is told it has.
 *
 * @param count 1 or more; a quota of more than there are processors counts as it is
 * @param source where it comes from, for people
 */
public record CpuPlan(int count, String source) {

    public CpuPlan {
        requireNonNull(source);
    }

    /**
     * @param processors those that this process may run on (sched_getaffinity(2)), whatever the quota
     * @param quota of the control groups; empty for none, or where it could not be found out
     */
    public static CpuPlan of(
            CpuSettings settings, ContainerMode container, int processors, Optional<DetectedCpus> quota) {
        if (settings.override().isPresent()) {
            return new CpuPlan(settings.override().getAsInt(), "cpu.override");
        }
        if (!settings.autoDetect()) {
            return new CpuPlan(processors, "processors; cpu.autoDetect is off");
        }
        if (container.ignored() || quota.isEmpty()) {
            return new CpuPlan(processors, "processors");
        }
        double whole = Math.ceil(quota.get().cpus());
        return new CpuPlan((int) Math.max(1, whole), quota.get().source());
    }
}
