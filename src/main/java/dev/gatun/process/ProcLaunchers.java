package dev.gatun.process;

import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of launchers on the class path. Thread-safe. */
public final class ProcLaunchers {

    /** What an empty kind means. */
    public static final String DEFAULT_KIND = "native";

    private ProcLaunchers() {}

    /** The known kinds, sorted. */
    public static Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        providers().forEach(provider -> kinds.add(provider.kind()));
        return kinds;
    }

    /**
     * Makes a launcher.
     *
     * @param kind in any case, blanks around it ignored; empty for {@link #DEFAULT_KIND}
     * @throws LauncherException for an unknown kind, naming the known ones, and as {@link ProcLauncherProvider#open}
     */
    public static ProcLauncher open(String kind, LauncherSettings settings) {
        String trimmed = kind.strip().toLowerCase(Locale.ROOT);
        String wanted = trimmed.isEmpty() ? DEFAULT_KIND : trimmed;
        for (ProcLauncherProvider provider : providers()) {
            if (provider.kind().equals(wanted)) {
                return provider.open(settings);
            }
        }
        throw new LauncherException(
                LauncherException.Operation.OTHER,
                "unknown proc launcher kind \"" + kind + "\"; expected one of: " + String.join(", ", kinds()));
    }

    private static ServiceLoader<ProcLauncherProvider> providers() {
        return ServiceLoader.load(ProcLauncherProvider.class);
    }
}
