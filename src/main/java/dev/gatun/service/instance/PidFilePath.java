package dev.gatun.service.instance;

/** Which pid file a process of a service has. */
public final class PidFilePath {

    private static final String NAME = "%s";

    private PidFilePath() {}

    /**
     * The path for the primary process.
     *
     * @param pattern of the configuration, with {@code %s} for the name
     */
    public static String ofPrimary(String pattern, String name) {
        return pattern.replace(NAME, name);
    }

    /** The path for a sub-process. Where the pattern has no place for a name, it goes behind: no two share a file. */
    public static String ofSubProcess(String pattern, String name) {
        return pattern.contains(NAME) ? ofPrimary(pattern, name) : pattern + "." + name;
    }
}
