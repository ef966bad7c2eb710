package dev.gatun.config;

import dev.gatun.config.Problem.Severity;

/** There is no point in reading on. */
final class RefusedFile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    RefusedFile(Position position, String path, String found, String expected) {
        super(found, null, false, false);
        this.problem = new Problem(Severity.ERROR, position, path, found, expected, "");
    }

    Problem problem() {
        return problem;
    }
}
