package dev.gatun.process;

/**
 * Makes launchers of one kind; found by {@link java.util.ServiceLoader}, so it has a public constructor without
 * parameters, and loads no library before {@link #open}. Thread-safe.
 */
public interface ProcLauncherProvider {

    /** What the kind is called: lower case letters, digits, hyphens. */
    String kind();

    /**
     * Makes a launcher.
     *
     * @throws LauncherException with one sentence: a setting is missing, unknown or wrong, a library is not there (and
     *     which), or nobody answers at the other end
     */
    ProcLauncher open(LauncherSettings settings);
}
