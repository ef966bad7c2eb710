package dev.gatun.process;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a launcher can do.
 *
 * @param features immutable
 */
public record Capabilities(Set<LauncherFeature> features) {

    public Capabilities {
        features = Set.copyOf(features);
    }

    public static Capabilities of(LauncherFeature... features) {
        return new Capabilities(Set.of(features));
    }

    /** These and one more. */
    public Capabilities and(LauncherFeature feature) {
        EnumSet<LauncherFeature> more = EnumSet.of(feature);
        more.addAll(features);
        return new Capabilities(more);
    }

    public boolean has(LauncherFeature feature) {
        return features.contains(feature);
    }

    /**
     * The first of the options that the launcher cannot honour, as a sentence: an option that is silently left out is
     * how a tenant ends up without a limit.
     *
     * @param kind of the launcher
     */
    public Optional<String> objection(String kind, LaunchOptions options) {
        return missing(options.needs())
                .map(feature -> "the " + kind + " launcher cannot " + feature.ability());
    }

    private Optional<LauncherFeature> missing(Collection<LauncherFeature> needed) {
        EnumSet<LauncherFeature> missing = EnumSet.noneOf(LauncherFeature.class);
        missing.addAll(needed);
        missing.removeAll(features);
        return missing.stream().findFirst();
    }
}
