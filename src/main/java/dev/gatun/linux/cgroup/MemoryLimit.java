package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

/**
 * How much memory there is for us.
 *
 * @param outcome LIMITED also where the group allows more than the machine has
 * @param bytes the smaller of the limit and the machine's memory; the latter where no group sets a limit; 0 where
 *     neither is known
 * @param source the file that the number is from
 * @param text one sentence about where it is from, or why there is none
 */
public record MemoryLimit(LimitOutcome outcome, long bytes, String source, String text) {

    public MemoryLimit {
        requireNonNull(outcome);
        requireNonNull(source);
        requireNonNull(text);
    }
}
