package dev.gatun.process;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.proc.ProcFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment that our caller gave us, byte by byte, for children to inherit. The start script changes it for our
 * own JVM: what it added is named in a system property, and what it put aside (options the caller meant for another JVM)
 * carries a prefix.
 */
public final class InheritedEnvironment {

    private static final String ADDED_BY_START_SCRIPT = "gatun.added.env";
    private static final CString PUT_ASIDE = CString.of("GATUN_KEEP_");

    private InheritedEnvironment() {}

    /** Entries {@code NAME=value}, in the order in which they came. */
    public static List<CString> read(Libc libc) {
        Optional<byte[]> raw = ProcFile.read(libc, "/proc/self/environ");
        List<CString> entries = raw.isPresent() ? CString.split(raw.get()) : fromJvm();
        return restore(entries, added());
    }

    /** Without /proc what the JVM has decoded must do. */
    private static List<CString> fromJvm() {
        List<CString> entries = new ArrayList<>();
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            entries.add(CString.of(entry.getKey() + "=" + entry.getValue()));
        }
        return entries;
    }

    private static Set<String> added() {
        Set<String> names = new HashSet<>();
        for (String property : new String[]{ADDED_BY_START_SCRIPT, SignalOwnership.ADDED_ENVIRONMENT}) {
            for (String name : System.getProperty(property, "").split(",")) {
                names.add(name);
            }
        }
        return names;
    }

    static List<CString> restore(List<CString> entries, Set<String> added) {
        List<CString> restored = new ArrayList<>(entries.size());
        for (CString entry : entries) {
            int equals = entry.indexOf('=');
            String name = equals < 0 ? "" : entry.substring(0, equals).toString();
            if (entry.startsWith(PUT_ASIDE)) {
                restored.add(entry.substring(PUT_ASIDE.length(), entry.length()));
            } else if (!added.contains(name)) {
                restored.add(entry);
            }
        }
        return restored;
    }
}
