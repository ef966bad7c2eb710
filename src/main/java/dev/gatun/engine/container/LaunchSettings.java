package dev.gatun.engine.container;

import dev.gatun.process.LauncherSettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What only containers have, for one launch. The launcher's own settings are the defaults.
 *
 * @param image empty where none is named
 * @param network name of a network, {@code none} or {@code host}; empty for the engine's default
 * @param ports to publish, each {@code [address:]port:containerPort[/protocol]}
 * @param binds folders of this machine, each {@code /here:/there[:ro]}
 * @param usesEntrypoint whether the image's own entry point is called with program and arguments as its arguments
 * @param labels for the container, beside the launcher's
 * @param hasInit whether the engine's small init is process 1, and the program its child
 * @param isReadOnly whether the container's root cannot be written to
 * @param stopSignal what asks it to end, as {@code SIGINT}; empty for the image's, which is SIGTERM as a rule
 * @param runtime OCI runtime by the engine's name for it; empty for its default
 * @param isKept whether the container stays after its end
 */
record LaunchSettings(
        Optional<String> image,
        PullPolicy pull,
        Optional<String> network,
        List<String> ports,
        List<String> binds,
        boolean usesEntrypoint,
        Map<String, String> labels,
        boolean hasInit,
        boolean isReadOnly,
        Optional<String> stopSignal,
        Optional<String> runtime,
        boolean isKept) {

    static final Set<String> NAMES = Set.of(
            "image",
            "pull",
            "network",
            "ports",
            "binds",
            "entrypoint",
            "labels",
            "init",
            "read-only",
            "stop-signal",
            "runtime",
            "keep");

    /** @throws dev.gatun.process.LauncherException for a value that is not as expected */
    static LaunchSettings of(LauncherSettings settings) {
        return new LaunchSettings(
                settings.text("image"),
                PullPolicy.of(settings, "pull"),
                settings.text("network"),
                settings.words("ports"),
                settings.words("binds"),
                usesEntrypoint(settings),
                labels(settings),
                settings.flag("init", false),
                settings.flag("read-only", false),
                settings.text("stop-signal"),
                settings.text("runtime"),
                settings.flag("keep", false));
    }

    /**
     * The settings of one launch.
     *
     * @param defaults the launcher's; those that are for the launcher alone are left out
     * @throws dev.gatun.process.LauncherException for an unknown name or a bad value
     */
    static LaunchSettings of(LauncherSettings defaults, Map<String, String> own) {
        LauncherSettings.ofLaunch(own).allow("container", NAMES.toArray(String[]::new));
        Map<String, String> merged = new LinkedHashMap<>(defaults.values());
        merged.keySet().retainAll(NAMES);
        merged.putAll(own);
        return of(LauncherSettings.ofLaunch(merged));
    }

    /** What a launcher can be told: these, and those that are for the launcher alone. */
    static String[] namesWith(String... others) {
        Set<String> names = new LinkedHashSet<>(NAMES);
        names.addAll(List.of(others));
        return names.toArray(String[]::new);
    }

    private static boolean usesEntrypoint(LauncherSettings settings) {
        return switch (settings.text("entrypoint", "program")) {
            case "program" -> false;
            case "image" -> true;
            default -> throw settings.wrong("entrypoint", "program or image");
        };
    }

    private static Map<String, String> labels(LauncherSettings settings) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : settings.words("labels")) {
            int at = word.indexOf('=');
            if (at < 1 || word.startsWith(ContainerLabels.PREFIX)) {
                throw settings.wrong(
                        "labels", "name=value, blanks between, and no name that begins with " + ContainerLabels.PREFIX);
            }
            labels.put(word.substring(0, at), word.substring(at + 1));
        }
        return labels;
    }
}
