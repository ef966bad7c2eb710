package dev.gatun.config;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects what is wrong in configuration files, so that all of it can be said at once. For one thread at a time. */
public final class Problems {

    private final LinkedHashSet<Problem> problems;

    public Problems() {
        this.problems = new LinkedHashSet<>();
    }

    /** The second mention of the same problem is not kept: one and the same key may be read more than once. */
    public void add(Problem problem) {
        problems.add(requireNonNull(problem));
    }

    /** Something that makes the configuration unusable; what the texts are is said at {@link Problem}. */
    public void error(Position position, String path, String found, String expected) {
        add(new Problem(Severity.ERROR, position, path, found, expected, ""));
    }

    /** Something that is probably not what was meant. */
    public void warn(Position position, String path, String found, String expected) {
        add(new Problem(Severity.WARNING, position, path, found, expected, ""));
    }

    /** By file (in the order in which they were first complained of), line and column. */
    public List<Problem> list() {
        List<String> files = new ArrayList<>();
        for (Problem problem : problems) {
            if (!files.contains(problem.position().file())) {
                files.add(problem.position().file());
            }
        }
        List<Problem> list = new ArrayList<>(problems);
        list.sort(new InFileOrder(files));
        return list;
    }

    public boolean hasErrors() {
        for (Problem problem : problems) {
            if (problem.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** The same, with every warning as an error: for those who want no doubts. */
    public Problems asErrors() {
        Problems errors = new Problems();
        for (Problem problem : problems) {
            errors.add(problem.asError());
        }
        return errors;
    }

    private record InFileOrder(List<String> files) implements Comparator<Problem> {

        @Override
        public int compare(Problem left, Problem right) {
            Position a = left.position();
            Position b = right.position();
            int order = Integer.compare(files.indexOf(a.file()), files.indexOf(b.file()));
            order = order != 0 ? order : Integer.compare(a.line(), b.line());
            return order != 0 ? order : Integer.compare(a.column(), b.column());
        }
    }
}
