package dev.gatun.service;

import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import java.util.ArrayList;
import java.util.List;

/** The configuration has errors: all of them, in the order of the files. Nothing was started. */
final class RefusedConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> errors = new ArrayList<>();

    RefusedConfiguration(Problems problems) {
        super("config error");
        for (Problem problem : problems.list()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                errors.add(problem);
            }
        }
    }

    List<Problem> errors() {
        return errors;
    }
}
