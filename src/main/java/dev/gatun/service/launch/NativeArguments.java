package dev.gatun.service.launch;

import dev.gatun.service.config.HeapSettings;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a native image that stands in for a JVM: of the JVM's options only those that it understands. */
final class NativeArguments {

    private static final List<String> UNDERSTOOD =
            List.of("-Djava.io.tmpdir=", "-Djna.tmpdir=", "-Dsun.net.inetaddr.ttl=");

    private static final String HEAP_PERCENTAGE = "-XX:MaximumHeapSizePercent=";

    private NativeArguments() {}

    /**
     * @param jvmOptions of both files
     * @param arguments that are meant for the native image
     */
    static List<String> of(
            List<String> jvmOptions, List<String> arguments, HeapSettings heap, ContainerMode container) {
        List<String> words = new ArrayList<>();
        for (String option : jvmOptions) {
            if (startsWithOneOf(option, UNDERSTOOD)) {
                words.add(option);
            }
        }
        boolean hasPercentage = false;
        for (String argument : arguments) {
            boolean percentage = argument.startsWith(HEAP_PERCENTAGE);
            hasPercentage |= percentage;
            // A percentage is of the group's limit: without one it would be of the whole machine.
            if (container.isOn() ? !HeapOptions.isSize(argument) : !percentage) {
                words.add(argument);
            }
        }
        if (container.isOn() && !hasPercentage && heap.percentage().isPresent()) {
            words.add(HEAP_PERCENTAGE + HeapOptions.decimals(heap.percentage().getAsDouble(), 2));
        }
        return words;
    }

    private static boolean startsWithOneOf(String option, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (option.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
