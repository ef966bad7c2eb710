package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

/** What changed by an attempt. */
sealed interface Verdict {

    /** Enough successes in a row. */
    record Ready() implements Verdict {}

    /** Enough failures in a row, or not ready in time. */
    record NotReady(String reason) implements Verdict {
        public NotReady {
            requireNonNull(reason);
        }
    }
}
