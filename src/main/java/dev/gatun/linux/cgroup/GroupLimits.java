package dev.gatun.linux.cgroup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a {@link LimitedGroup} may use.
 *
 * @param memoryBytes before the kernel kills in it
 * @param processorMicros of processor time in each {@link #PERIOD_MICROS}
 * @param processes at a time, threads counted
 */
public record GroupLimits(OptionalLong memoryBytes, OptionalLong processorMicros, OptionalLong processes) {

    /** The time in which {@code processorMicros} may be used up. */
    public static final long PERIOD_MICROS = 100_000;

    List<String> controllers() {
        List<String> controllers = new ArrayList<>();
        if (memoryBytes.isPresent()) {
            controllers.add("memory");
        }
        if (processorMicros.isPresent()) {
            controllers.add("cpu");
        }
        if (processes.isPresent()) {
            controllers.add("pids");
        }
        return controllers;
    }

    Map<String, String> files(String controller, CgroupVersion version) {
        boolean isV2 = version == CgroupVersion.V2;
        Map<String, String> files = new LinkedHashMap<>();
        switch (controller) {
            case "memory" -> files.put(isV2 ? "memory.max" : "memory.limit_in_bytes",
                    Long.toString(memoryBytes.orElseThrow()));
            case "cpu" -> {
                long micros = processorMicros.orElseThrow();
                if (isV2) {
                    files.put("cpu.max", micros + " " + PERIOD_MICROS);
                } else {
                    files.put("cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
                    files.put("cpu.cfs_quota_us", Long.toString(micros));
                }
            }
            case "pids" -> files.put("pids.max", Long.toString(processes.orElseThrow()));
            default -> throw new IllegalArgumentException(controller);
        }
        return files;
    }
}
