package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.service.config.MemorySettings;
import dev.gatun.service.config.WatchdogSettings;
import dev.gatun.service.watchdog.Thresholds;
import java.util.Optional;

/** The arithmetic of a {@link MemoryPlan}; in doubles, each product cut off, so that every number is the one expected. */
final class MemoryPlanner {

    /** With less an interpreter hardly comes up; no promise is smaller where the limit allows it. */
    private static final long FLOOR_BYTES = 64L << 20;

    private static final String MACHINE = "the machine's memory";

    private final MemorySettings memory;
    private final WatchdogSettings watchdog;
    private final ContainerMode container;
    private final MemoryFacts facts;

    MemoryPlanner(MemorySettings memory, WatchdogSettings watchdog, ContainerMode container, MemoryFacts facts) {
        this.memory = requireNonNull(memory);
        this.watchdog = requireNonNull(watchdog);
        this.container = requireNonNull(container);
        this.facts = requireNonNull(facts);
    }

    MemoryPlan plan() {
        return switch (memory.mode()) {
            case UNMANAGED -> new MemoryPlan.Unmanaged(Optional.empty());
            case FIXED -> memory.fixedLimitBytes().isPresent()
                    ? managed(memory.fixedLimitBytes().getAsLong(), "memory.fixedLimitBytes", 0)
                    : unknown("mode fixed without fixedLimitBytes");
            case CGROUP_AWARE -> container.ignored() ? ofMachine() : ofGroup();
        };
    }

    private MemoryPlan ofGroup() {
        DetectedLimit group = facts.group();
        if (group.failure().isPresent()) {
            return unknown(group.failure().get());
        }
        if (group.bytes().isEmpty()) {
            return ofMachine();
        }
        long limit = group.bytes().getAsLong();
        if (limit <= 0) {
            return unknown(group.source() + " says " + limit);
        }
        long withinMachine = facts.withinMachine(limit);
        String source = withinMachine == limit
                ? group.source()
                : MACHINE + ", which is less than the " + ByteText.of(limit) + " of " + group.source();
        return managed(withinMachine, source, facts.launcherBytes());
    }

    private MemoryPlan ofMachine() {
        return facts.machineBytes().isPresent()
                ? managed(facts.machineBytes().getAsLong(), MACHINE, 0)
                : unknown("there is no limit, and the size of the machine's memory is not known");
    }

    private MemoryPlan managed(long limit, String source, long othersBytes) {
        long base = (long) (limit * memory.maxRssPercent() / 100);
        long promised = (long) (base * (1 - memory.heapFragmentationBuffer())) - othersBytes;
        long floor = Math.min(FLOOR_BYTES, Math.max(0, limit - othersBytes));
        Thresholds thresholds = Thresholds.of(
                limit, watchdog.recoverPercent(), watchdog.softLimitPercent(), watchdog.hardLimitPercent());
        return new MemoryPlan.Managed(
                memory.mode(),
                limit,
                source,
                Math.max(floor, promised),
                thresholds.softBytes(),
                thresholds.hardBytes());
    }

    private MemoryPlan unknown(String why) {
        return container.isOn()
                ? new MemoryPlan.Refused("memory limit: " + why
                        + "; in a container (CONTAINER is set) a service is not started without its limit")
                : new MemoryPlan.Unmanaged(Optional.of("memory limit: " + why
                        + "; the service is started without one, and its memory is not watched"));
    }
}
