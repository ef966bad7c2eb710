package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/**
 * An environment while it is made. What is not touched stays as it came, byte by byte and in its place; what is set takes
 * the place of all that had its name, since programs differ in whether the first or the last of two counts.
 */
final class EnvironmentTable {

    private final List<CString> entries;
    private final List<CString> assigned = new ArrayList<>();

    EnvironmentTable(List<CString> inherited) {
        this.entries = new ArrayList<>(inherited);
    }

    EnvironmentTable set(String name, String value) {
        return set(name, CString.of(value));
    }

    EnvironmentTable set(String name, CString value) {
        CString prefix = prefix(name);
        CString entry = prefix.plus(value);
        put(assigned, prefix, entry);
        put(entries, prefix, entry);
        return this;
    }

    /** Sets a variable that nobody has set, and leaves alone one that was inherited. */
    EnvironmentTable setIfAbsent(String name, String value) {
        return setIfAbsent(name, CString.of(value));
    }

    EnvironmentTable setIfAbsent(String name, CString value) {
        return indexOf(entries, prefix(name), 0) < 0 ? set(name, value) : this;
    }

    ServiceEnvironment finished() {
        return new ServiceEnvironment(entries, assigned);
    }

    private static void put(List<CString> list, CString prefix, CString entry) {
        int first = indexOf(list, prefix, 0);
        if (first < 0) {
            list.add(entry);
            return;
        }
        list.set(first, entry);
        for (int other = indexOf(list, prefix, first + 1); other >= 0; other = indexOf(list, prefix, other)) {
            list.remove(other);
        }
    }

    private static int indexOf(List<CString> list, CString prefix, int from) {
        for (int i = from; i < list.size(); i++) {
            if (list.get(i).startsWith(prefix)) {
                return i;
            }
        }
        return -1;
    }

    private static CString prefix(String name) {
        return CString.of(name + "=");
    }
}
