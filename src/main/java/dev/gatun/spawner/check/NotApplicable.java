package dev.gatun.spawner.check;

/** It has turned out that there is nothing to check. The text says why. */
final class NotApplicable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotApplicable(String reason) {
        super(reason);
    }
}
