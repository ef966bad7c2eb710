package dev.gatun.cli;

/** A command line that means nothing: one sentence that says what is wrong and what was expected. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageError(String sentence) {
        super(sentence);
    }
}
