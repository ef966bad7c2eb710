package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.service.config.HeapSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The options of a JVM, made to fit the memory limit in a container. Elsewhere they stay as they are.
 *
 * @param options in their order, with what was added behind them
 * @param note what was decided, and why; for the log of a container
 */
public record HeapOptions(List<String> options, Optional<String> note) {

    /** From here on a limit is somebody's "none": a terabyte, in its way. */
    private static final long OVERSIZE_BYTES = 1_000_000L << 20;

    /** What a JVM needs beside its heap for each processor: garbage collector and compiler threads. */
    private static final double BYTES_FOR_A_PROCESSOR = 3 << 20;

    private static final String MAXIMUM_SIZE = "-Xmx";
    private static final String INITIAL_SIZE = "-Xms";
    private static final String MAXIMUM_PERCENTAGE = "-XX:MaxRAMPercentage=";
    private static final String INITIAL_PERCENTAGE = "-XX:InitialRAMPercentage=";
    private static final String MACHINE_SIZE = "-XX:MaxRAM=";
    private static final String MINIMUM_FREE = "-XX:MinHeapFreeRatio=";
    private static final String MAXIMUM_FREE = "-XX:MaxHeapFreeRatio=";
    private static final String PRE_TOUCH = "-XX:+AlwaysPreTouch";

    public HeapOptions {
        options = List.copyOf(options);
        requireNonNull(note);
    }

    /**
     * @param options of both files
     * @param processors those that this process may run on, whatever the quota
     */
    public static HeapOptions of(
            List<String> options, HeapSettings heap, ContainerMode container, MemoryFacts facts, int processors) {
        if (!container.flagged()) {
            return new HeapOptions(options, Optional.empty());
        }
        if (container.ignored()) {
            return untouched(options, "dangerousDisableContainerSupport is on");
        }
        if (has(options, MACHINE_SIZE)) {
            return untouched(options, "there is an option " + MACHINE_SIZE);
        }
        DetectedLimit group = facts.group();
        if (group.failure().isPresent()) {
            return byPercentage(options, heap, "the memory limit is not known (" + group.failure().get() + ")");
        }
        if (group.bytes().isEmpty()) {
            return byPercentage(options, heap, "there is no memory limit");
        }
        long limit = group.bytes().getAsLong();
        if (limit > OVERSIZE_BYTES) {
            return byPercentage(options, heap, "a memory limit of " + ByteText.of(limit) + " is none");
        }
        if (limit > facts.withinMachine(limit)) {
            return byPercentage(options, heap, "the machine has less than the limit of " + ByteText.of(limit));
        }
        return bySize(options, heap, limit, processors);
    }

    /** The heap for a limit: half of it, or more where a quarter and the share of the processors leave more. */
    static long heapBytes(long limitBytes, int processors, HeapSettings heap) {
        double limit = limitBytes;
        if (heap.percentage().isPresent()) {
            return (long) (heap.percentage().getAsDouble() / 100 * limit);
        }
        return (long) Math.max(0.5 * limit, 0.75 * limit - BYTES_FOR_A_PROCESSOR * processors);
    }

    /** Whether an option sets the size of the heap in bytes. */
    static boolean isSize(String option) {
        return option.startsWith(MAXIMUM_SIZE) || option.startsWith(INITIAL_SIZE);
    }

    private static HeapOptions bySize(List<String> options, HeapSettings heap, long limitBytes, int processors) {
        List<String> sized = new ArrayList<>();
        for (String option : options) {
            boolean dropped = isSize(option)
                    || heap.allowShrink() && option.equals(PRE_TOUCH)
                    || heap.minFreeRatio().isPresent() && option.startsWith(MINIMUM_FREE)
                    || heap.maxFreeRatio().isPresent() && option.startsWith(MAXIMUM_FREE);
            if (!dropped) {
                sized.add(option);
            }
        }
        String note = "the heap goes by the RAM percentages among the options";
        if (!hasPercentage(options)) {
            long bytes = heapBytes(limitBytes, processors, heap);
            if (!heap.allowShrink()) {
                sized.add(INITIAL_SIZE + bytes);
            }
            sized.add(MAXIMUM_SIZE + bytes);
            note = "a heap of " + ByteText.of(bytes) + " in a limit of " + ByteText.of(limitBytes);
        }
        if (heap.minFreeRatio().isPresent()) {
            sized.add(MINIMUM_FREE + heap.minFreeRatio().getAsInt());
        }
        if (heap.maxFreeRatio().isPresent()) {
            sized.add(MAXIMUM_FREE + heap.maxFreeRatio().getAsInt());
        }
        return new HeapOptions(sized, Optional.of("container support is on: " + note));
    }

    private static HeapOptions byPercentage(List<String> options, HeapSettings heap, String why) {
        List<String> sized = new ArrayList<>();
        for (String option : options) {
            if (!isSize(option)) {
                sized.add(option);
            }
        }
        String note = "the heap goes by the RAM percentages among the options";
        if (!hasPercentage(options)) {
            String percentage = decimals(heap.percentage().orElse(75), 1);
            sized.add(INITIAL_PERCENTAGE + percentage);
            sized.add(MAXIMUM_PERCENTAGE + percentage);
            note = "the heap is " + percentage + " percent of what the JVM finds";
        }
        return new HeapOptions(sized, Optional.of("container support is on: " + why + ", so " + note));
    }

    private static HeapOptions untouched(List<String> options, String why) {
        return new HeapOptions(options, Optional.of("container support is off: " + why));
    }

    /** One of the two is enough: whoever sets it wants to size the heap himself. */
    private static boolean hasPercentage(List<String> options) {
        return has(options, MAXIMUM_PERCENTAGE) || has(options, INITIAL_PERCENTAGE);
    }

    private static boolean has(List<String> options, String prefix) {
        for (String option : options) {
            if (option.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** As printf(3) rounds: the exact value of the double, a half to the even side. */
    static String decimals(double value, int places) {
        return new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    }
}
