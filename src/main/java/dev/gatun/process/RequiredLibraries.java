package dev.gatun.process;

/**
 * The libraries that one kind of launcher is written with and others do without: looked for before any class that uses
 * them, so that one that is missing is told by its name.
 */
public final class RequiredLibraries {

    private RequiredLibraries() {}

    /**
     * Looks for them.
     *
     * @param kind of the launcher
     * @param libraries what to add where one is missing, as people find it
     * @param user a class that will use them, whose loader is asked
     * @param classes one of each library
     * @throws LauncherException naming the libraries
     */
    public static void check(String kind, String libraries, Class<?> user, String... classes) {
        for (String name : classes) {
            try {
                Class.forName(name, false, user.getClassLoader());
            } catch (ClassNotFoundException | LinkageError missing) {
                throw new LauncherException(
                        LauncherException.Operation.OTHER,
                        "the " + kind + " launcher needs " + libraries + ", with what they depend on: add them to the"
                                + " class path (" + name + " is not there)",
                        missing);
            }
        }
    }
}
