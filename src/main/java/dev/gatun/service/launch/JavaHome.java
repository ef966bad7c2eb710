package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import java.util.List;
import java.util.Optional;

/** Which Java a service runs on. */
final class JavaHome {

    private static final String VARIABLE = "JAVA_HOME";

    private JavaHome() {}

    /**
     * The path of {@code java}, as the configuration has it: absolute, or relative to the dist root.
     *
     * @param configured a path; or {@code $NAME} for a variable, with {@code JAVA_HOME} in its place where it is not set;
     *     empty for {@code JAVA_HOME}
     * @throws LaunchProblem where no variable says anything
     */
    static CString launcher(Optional<String> configured, List<CString> launcherEnvironment) {
        CString home = home(configured.orElse(""), launcherEnvironment);
        int length = home.length();
        while (length > 0 && home.substring(length - 1, length).contains('/')) {
            length--;
        }
        return home.substring(0, length).plus(CString.of("/bin/java"));
    }

    private static CString home(String configured, List<CString> environment) {
        if (!configured.isEmpty() && !configured.startsWith("$")) {
            return CString.of(configured);
        }
        if (configured.equals("$")) {
            throw new LaunchProblem("javaHome: $ alone; a path, or the name of a variable such as $JAVA_21_HOME");
        }
        String name = configured.isEmpty() ? VARIABLE : configured.substring(1);
        Optional<CString> value = variable(environment, name);
        if (value.isEmpty()) {
            value = variable(environment, VARIABLE);
        }
        if (value.isEmpty()) {
            throw new LaunchProblem("javaHome is " + (configured.isEmpty() ? "not set" : configured)
                    + ", and the environment has no " + (name.equals(VARIABLE) ? "" : name + " and no ") + VARIABLE);
        }
        return value.get();
    }

    private static Optional<CString> variable(List<CString> environment, String name) {
        Optional<CString> value = CommandPath.variable(environment, name);
        return value.isPresent() && value.get().isEmpty() ? Optional.empty() : value;
    }
}
