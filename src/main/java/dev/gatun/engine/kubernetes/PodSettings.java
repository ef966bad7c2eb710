package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What only a Pod can be told: the settings of one launch.
 *
 * @param imagePullSecrets names of Secrets
 * @param nodeSelector labels that the node must have
 * @param labels beside ours
 * @param annotations beside ours
 * @param cpuRequest a quantity; empty for the limit
 * @param memoryRequest a quantity; empty for the limit
 * @param activeDeadline how long the Pod may live before the cluster ends it
 * @param isRestricted whether it keeps to the Pod Security Standard of that name
 */
record PodSettings(
        Optional<String> image,
        Optional<String> imagePullPolicy,
        List<String> imagePullSecrets,
        Optional<String> serviceAccount,
        Map<String, String> nodeSelector,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<String> cpuRequest,
        Optional<String> memoryRequest,
        Optional<String> runtimeClass,
        Optional<String> priorityClass,
        Optional<Duration> activeDeadline,
        boolean isRestricted) {

    static final List<String> NAMES = List.of(
            "image",
            "image-pull-policy",
            "image-pull-secret",
            "service-account",
            "node-selector",
            "labels",
            "annotations",
            "cpu-request",
            "memory-request",
            "runtime-class",
            "priority-class",
            "active-deadline",
            "pod-security");

    /** @throws LauncherException with one sentence where a setting is unknown or wrong */
    static PodSettings of(LauncherSettings settings) {
        settings.allow(KubernetesLauncherProvider.KIND, NAMES.toArray(String[]::new));
        return new PodSettings(
                settings.text("image"),
                choice(settings, "image-pull-policy", "Always", "IfNotPresent", "Never"),
                names(settings, "image-pull-secret"),
                settings.text("service-account"),
                pairs(settings, "node-selector"),
                foreign(settings, "labels"),
                foreign(settings, "annotations"),
                settings.text("cpu-request"),
                settings.text("memory-request"),
                settings.text("runtime-class"),
                settings.text("priority-class"),
                activeDeadline(settings),
                choice(settings, "pod-security", "restricted", "none")
                        .filter("restricted"::equals)
                        .isPresent());
    }

    /** The settings of a launch, before those that hold where it says nothing. */
    static PodSettings of(Map<String, String> defaults, Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(values);
        return of(LauncherSettings.ofLaunch(all));
    }

    private static Optional<String> choice(LauncherSettings settings, String name, String... choices) {
        Optional<String> value = settings.text(name);
        if (value.isPresent() && !List.of(choices).contains(value.get())) {
            throw settings.wrong(name, "one of " + String.join(", ", choices));
        }
        return value;
    }

    private static List<String> names(LauncherSettings settings, String name) {
        return Stream.of(settings.text(name, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Map<String, String> pairs(LauncherSettings settings, String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : names(settings, name)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw settings.wrong(name, "name=value, separated by commas");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
        return pairs;
    }

    /** Pairs whose names are none of ours: by those we find our Pods again. */
    private static Map<String, String> foreign(LauncherSettings settings, String name) {
        Map<String, String> pairs = pairs(settings, name);
        for (String key : pairs.keySet()) {
            if (key.startsWith(PodMarks.PREFIX) || key.equals(PodMarks.MANAGED_BY)) {
                throw settings.wrong(name, "other names than " + PodMarks.PREFIX + "… and " + PodMarks.MANAGED_BY);
            }
        }
        return pairs;
    }

    private static Optional<Duration> activeDeadline(LauncherSettings settings) {
        Duration deadline = settings.duration("active-deadline", Duration.ofSeconds(1));
        if (deadline.compareTo(Duration.ofSeconds(1)) < 0) {
            throw settings.wrong("active-deadline", "at least 1s");
        }
        return settings.text("active-deadline").map(text -> deadline);
    }
}
