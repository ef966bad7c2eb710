package dev.gatun.run;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is different in the child's environment.
 *
 * @param clear start from nothing rather than from our own
 * @param assignments {@code NAME=value}, later ones over earlier; a name alone passes on our own variable, if we have it
 */
public record EnvironmentChanges(boolean clear, List<CString> assignments) {

    public static final EnvironmentChanges NONE = new EnvironmentChanges(false, List.of());

    /** The environment that comes out of ours. */
    public List<CString> apply(List<CString> ours) {
        if (!clear && assignments.isEmpty()) {
            return ours;
        }
        List<CString> environment = new ArrayList<>(clear ? List.of() : ours);
        for (CString assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                String name = assignment.toString();
                Optional<CString> value = CommandPath.variable(ours, name);
                if (value.isPresent()) {
                    set(environment, CString.of(name + "=").plus(value.get()), name.length() + 1);
                }
            } else {
                set(environment, assignment, equals + 1);
            }
        }
        return environment;
    }

    private static void set(List<CString> environment, CString entry, int prefixLength) {
        CString prefix = entry.substring(0, prefixLength);
        environment.removeIf(other -> other.startsWith(prefix));
        environment.add(entry);
    }
}
