package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

/** Nothing can be started, and one sentence says why: what is wrong, where, and what was expected. */
public final class LaunchProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LaunchProblem(String sentence) {
        super(requireNonNull(sentence));
    }
}
