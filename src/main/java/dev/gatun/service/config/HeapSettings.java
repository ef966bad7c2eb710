package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the heap of a Java service is made to fit its memory limit.
 *
 * @param percentage of the limit; absent for the rule with a deduction for each processor
 * @param allowShrink whether the heap may start small and give memory back
 * @param minFreeRatio for {@code -XX:MinHeapFreeRatio}, in percent
 * @param maxFreeRatio for {@code -XX:MaxHeapFreeRatio}, in percent
 */
public record HeapSettings(
        OptionalDouble percentage, boolean allowShrink, OptionalInt minFreeRatio, OptionalInt maxFreeRatio) {

    /** These keys stand beside those of other sections; {@code allowHeapShrink} also below {@code experimental}. */
    static HeapSettings read(Section section, ExperimentalSettings experimental) {
        HeapSettings settings = new HeapSettings(
                section.decimal("heapPercentage", Range.percent().withoutLeast(),
                        "Heap of a Java service as a percentage of the memory limit, without a deduction for processors"),
                section.flag("allowHeapShrink", false,
                        "Let the heap start small and shrink: no -Xms, no AlwaysPreTouch")
                        || experimental.allowHeapShrink(),
                section.integer("minHeapFreeRatio", Range.percent(), "-XX:MinHeapFreeRatio of a Java service"),
                section.integer("maxHeapFreeRatio", Range.percent(), "-XX:MaxHeapFreeRatio of a Java service"));
        if (settings.minFreeRatio.isPresent() && settings.maxFreeRatio.isPresent()
                && settings.minFreeRatio.getAsInt() > settings.maxFreeRatio.getAsInt()) {
            section.error("minHeapFreeRatio", settings.minFreeRatio.getAsInt() + " with maxHeapFreeRatio "
                    + settings.maxFreeRatio.getAsInt(), "at most maxHeapFreeRatio");
        }
        return settings;
    }
}
