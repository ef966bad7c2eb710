package dev.gatun.cli.dropin;

/** A command line that asks for nothing to be run: what there was to say has been said. */
final class Done extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Done(int exitCode) {
        super(null, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
