package dev.gatun.service;

import static java.util.Objects.requireNonNull;

/** A step of a launch that failed, with the sentence for the user. Nothing was started, or it has been ended again. */
public final class LaunchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LaunchStep step;

    public LaunchFailure(LaunchStep step, String sentence) {
        super(requireNonNull(sentence));
        this.step = requireNonNull(step);
    }

    public LaunchStep step() {
        return step;
    }
}
