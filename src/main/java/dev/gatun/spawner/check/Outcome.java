package dev.gatun.spawner.check;

import static java.util.Objects.requireNonNull;

/** What a check came to. */
public sealed interface Outcome {

    record Passed() implements Outcome {}

    /**
     * The spawner does not do what it should.
     *
     * @param sentence what was done, what was expected, what came
     * @param log the last lines of the spawner's standard error; may be empty
     */
    record Failed(String sentence, String log) implements Outcome {
        public Failed {
            requireNonNull(sentence);
            requireNonNull(log);
        }
    }

    /** There was nothing to check. */
    record Skipped(String reason) implements Outcome {
        public Skipped {
            requireNonNull(reason);
        }
    }
}
