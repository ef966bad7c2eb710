package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What this place has in memory.
 *
 * @param group the limit of the control groups
 * @param machineBytes the machine's memory, above which no limit is one; empty where it is not known
 * @param launcherBytes what this process itself holds, which is in the same control group as the service
 */
public record MemoryFacts(DetectedLimit group, OptionalLong machineBytes, long launcherBytes) {

    public MemoryFacts {
        requireNonNull(group);
        requireNonNull(machineBytes);
    }

    /** A limit of the group as far as there is memory for it. */
    long withinMachine(long limitBytes) {
        return machineBytes.isPresent() ? Math.min(limitBytes, machineBytes.getAsLong()) : limitBytes;
    }
}
