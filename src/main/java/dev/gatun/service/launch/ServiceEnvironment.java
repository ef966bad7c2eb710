package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import java.util.List;

/**
 * The environment of a process.
 *
 * @param entries all of it, {@code NAME=value}
 * @param assigned those that were not inherited as they are
 */
public record ServiceEnvironment(List<CString> entries, List<CString> assigned) {

    public ServiceEnvironment {
        entries = List.copyOf(entries);
        assigned = List.copyOf(assigned);
    }

    /** This one with one variable more, or another value for it. */
    public ServiceEnvironment with(String name, String value) {
        EnvironmentTable table = new EnvironmentTable(entries).set(name, value);
        EnvironmentTable changes = new EnvironmentTable(assigned).set(name, value);
        return new ServiceEnvironment(table.finished().entries(), changes.finished().entries());
    }
}
