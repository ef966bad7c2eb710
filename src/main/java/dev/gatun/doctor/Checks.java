package dev.gatun.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Checks of one kind, in the order in which the report has them. For one thread. */
abstract class Checks {

    private final List<Finding> findings = new ArrayList<>();

    /** What the report calls the group. */
    abstract String heading();

    /** Makes the checks, each by {@link #check}. */
    abstract void run();

    /** Adds what a check finds. One that breaks says so in its own line and does not stop the others. */
    final void check(String name, Supplier<Finding> check) {
        Finding finding;
        try {
            finding = check.get();
        } catch (RuntimeException failure) {
            finding = Finding.warning(name, "unknown", "it could not be looked at: " + failure.getMessage());
        }
        findings.add(finding);
    }

    final Report.Group group() {
        run();
        return new Report.Group(heading(), List.copyOf(findings));
    }
}
