package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much memory the service is promised, and what it is told about it.
 *
 * @param maxRssPercent of the limit
 * @param fixedLimitBytes the limit in mode {@code fixed}
 * @param heapFragmentationBuffer the share of the promise that is held back, 0 to 1
 * @param mallocTrimThresholdBytes for {@code MALLOC_TRIM_THRESHOLD_}; empty leaves the variable alone
 * @param mallocArenaMax for {@code MALLOC_ARENA_MAX}; empty leaves the variable alone
 */
public record MemorySettings(
        MemoryMode mode,
        double maxRssPercent,
        OptionalLong fixedLimitBytes,
        double heapFragmentationBuffer,
        OptionalLong mallocTrimThresholdBytes,
        OptionalInt mallocArenaMax) {

    static MemorySettings read(Section section) {
        MemoryMode mode = section.choice("mode", MemoryMode.CGROUP_AWARE,
                "Where the memory limit comes from: the control group (or the machine), fixedLimitBytes, or nowhere");
        OptionalLong fixed = section.bytes("fixedLimitBytes", Range.positive(),
                "The memory limit in mode fixed");
        MemorySettings settings = new MemorySettings(
                mode,
                section.decimal("maxRssPercent", 75, Range.percent(),
                        "Percentage of the limit that the service is told it may use"),
                fixed,
                section.decimal("heapFragmentationBuffer", 0.10, Range.between(0, 1),
                        "Share of that which is held back for fragmentation"),
                notNegative(section.bytes("mallocTrimThreshold", 131_072, Range.atLeast(-1),
                        "MALLOC_TRIM_THRESHOLD_ for the service, in bytes; -1 leaves the variable alone")),
                positive(section.integer("mallocArenaMax", 2, Range.atLeast(-1),
                        "MALLOC_ARENA_MAX for the service; 0 or -1 leaves the variable alone")));
        if (mode == MemoryMode.FIXED && fixed.isEmpty()) {
            section.error("fixedLimitBytes", "mode fixed without fixedLimitBytes", "a number of bytes above 0");
        }
        return settings;
    }

    private static OptionalLong notNegative(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt positive(int value) {
        return value <= 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
