package dev.gatun.run;

/** Something is wrong before anything was started: one sentence for the user, and the exit code that goes with it. */
public final class LaunchRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Our own failure or bad usage, as in env(1) and Docker. */
    public static final int OWN_FAILURE = 125;

    public static final int NOT_EXECUTABLE = 126;
    public static final int NOT_FOUND = 127;

    private final int exitCode;

    public LaunchRefused(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
