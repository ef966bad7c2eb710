package dev.gatun.simulation;

/** Something that must never happen has happened. An Error, so that nobody takes it for a refusal of the kernel. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }
}
