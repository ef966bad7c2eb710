package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

/**
 * How much processor time there is for us.
 *
 * @param processors how many processors' worth: 1.5 is three seconds in two; 0 where no group sets a limit
 * @param source the file that the number is from; empty where there is none
 * @param text one sentence about where it is from, or why there is none
 */
public record ProcessorLimit(LimitOutcome outcome, double processors, String source, String text) {

    public ProcessorLimit {
        requireNonNull(outcome);
        requireNonNull(source);
        requireNonNull(text);
    }
}
