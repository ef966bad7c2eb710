package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

/**
 * What the control groups give us of the processors' time.
 *
 * @param cpus 1.5 is three seconds in two
 * @param source the file that says so, for people
 */
public record DetectedCpus(double cpus, String source) {

    public DetectedCpus {
        requireNonNull(source);
    }
}
