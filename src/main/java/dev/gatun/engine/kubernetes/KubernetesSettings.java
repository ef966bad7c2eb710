package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a launcher is told when it is opened.
 *
 * @param kubeconfig path of the file; empty for what kubectl would take, or the service account of the Pod we run in
 * @param context one of the file's; empty for its current one
 * @param namespace empty for the context's
 * @param launcher who we are among the launchers of a namespace: the value of the label by which we find our Pods
 * @param owner name of the Pod in the same namespace with which those end that die with their launcher
 * @param startTimeout how long a Pod may take until it runs
 * @param imageTimeout how long an image may fail to be pulled before the launch has failed
 * @param terminationGrace how long a Pod has when somebody else deletes it
 * @param killGrace how long a killed Pod has until it is gone; zero removes it without asking its node
 * @param keep whether a Pod stays after its exit was read
 * @param podDefaults settings of a launch for those that do not say otherwise
 */
record KubernetesSettings(
        Optional<String> kubeconfig,
        Optional<String> context,
        Optional<String> namespace,
        String launcher,
        Optional<String> owner,
        Duration startTimeout,
        Duration imageTimeout,
        Duration terminationGrace,
        Duration killGrace,
        boolean keep,
        Map<String, String> podDefaults) {

    private static final String[] OWN = {
        "kubeconfig",
        "context",
        "namespace",
        "launcher",
        "owner",
        "start-timeout",
        "image-timeout",
        "termination-grace",
        "kill-grace",
        "keep"
    };

    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?");

    /** @throws dev.gatun.process.LauncherException with one sentence where a setting is unknown or wrong */
    static KubernetesSettings of(LauncherSettings settings) {
        String[] known =
                Stream.concat(Stream.of(OWN), PodSettings.NAMES.stream()).toArray(String[]::new);
        settings.allow(KubernetesLauncherProvider.KIND, known);
        Map<String, String> podDefaults = new LinkedHashMap<>(settings.values());
        podDefaults.keySet().retainAll(PodSettings.NAMES);
        PodSettings.of(new LauncherSettings(podDefaults));
        String launcher = settings.text("launcher", "gatun-" + UUID.randomUUID());
        if (!LABEL_VALUE.matcher(launcher).matches()) {
            throw settings.wrong("launcher", "1 to 63 letters, digits, and between them hyphens, underscores or dots");
        }
        return new KubernetesSettings(
                settings.text("kubeconfig"),
                settings.text("context"),
                settings.text("namespace"),
                launcher,
                settings.text("owner"),
                settings.duration("start-timeout", Duration.ofMinutes(2)),
                settings.duration("image-timeout", Duration.ofSeconds(30)),
                settings.duration("termination-grace", Duration.ofSeconds(30)),
                settings.duration("kill-grace", Duration.ZERO),
                settings.flag("keep", false),
                Map.copyOf(podDefaults));
    }
}
