package dev.gatun.process;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a process and all its descendants may use together.
 *
 * @param memoryBytes above 0; whoever goes beyond is killed by the kernel
 * @param processors how many at a time, above 0; 1.5 is three halves of one
 * @param processes how many at a time, threads counted, above 0
 */
public record ResourceLimits(OptionalLong memoryBytes, OptionalDouble processors, OptionalLong processes) {

    public static final ResourceLimits NONE =
            new ResourceLimits(OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());

    /** @throws IllegalArgumentException with one sentence if one is not above 0 */
    public ResourceLimits {
        if (memoryBytes.isPresent() && memoryBytes.getAsLong() <= 0) {
            throw new IllegalArgumentException(
                    "a memory limit is above 0 bytes, not " + memoryBytes.getAsLong());
        }
        if (processors.isPresent() && !(processors.getAsDouble() > 0 && processors.getAsDouble() < 1e6)) {
            throw new IllegalArgumentException(
                    "a limit of processors is above 0, not " + processors.getAsDouble());
        }
        if (processes.isPresent() && processes.getAsLong() <= 0) {
            throw new IllegalArgumentException("a limit of processes is above 0, not " + processes.getAsLong());
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    public ResourceLimits withMemoryBytes(long bytes) {
        return new ResourceLimits(OptionalLong.of(bytes), processors, processes);
    }

    public ResourceLimits withProcessors(double count) {
        return new ResourceLimits(memoryBytes, OptionalDouble.of(count), processes);
    }

    public ResourceLimits withProcesses(long count) {
        return new ResourceLimits(memoryBytes, processors, OptionalLong.of(count));
    }
}
