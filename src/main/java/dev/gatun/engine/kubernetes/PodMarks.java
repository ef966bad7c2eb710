package dev.gatun.engine.kubernetes;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.ProcId;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What we write on a Pod to know it again: labels to select by, whose values cannot be just anything, and annotations for
 * what a launcher that takes it up must know.
 *
 * @param id empty where the Pod carries none
 * @param launcher whose it is
 * @param wantsOutput see {@link LaunchOptions}, as the following
 */
record PodMarks(
        Optional<ProcId> id, String launcher, boolean wantsOutput, int tailLines, boolean diesWithLauncher) {

    static final String PREFIX = "dev.gatun/";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String LAUNCHER = PREFIX + "launcher";

    /** A different one for each launch: whether a Pod that is in our way comes of our own request, sent twice. */
    static final String LAUNCH = PREFIX + "launch";

    private static final String PROC = PREFIX + "proc";
    private static final String PROC_ID = PREFIX + "proc-id";
    private static final String WANTS_OUTPUT = PREFIX + "wants-output";
    private static final String TAIL_LINES = PREFIX + "tail-lines";
    private static final String DIES_WITH_LAUNCHER = PREFIX + "dies-with-launcher";

    static Map<String, String> labels(ProcId id, String launcher) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(MANAGED_BY, "gatun");
        labels.put(LAUNCHER, launcher);
        labels.put(PROC, PodName.hash(id));
        return labels;
    }

    static Map<String, String> annotations(ProcId id, LaunchOptions options) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(PROC_ID, id.value());
        annotations.put(WANTS_OUTPUT, Boolean.toString(options.wantsOutput()));
        annotations.put(TAIL_LINES, Integer.toString(options.tailLines()));
        annotations.put(DIES_WITH_LAUNCHER, Boolean.toString(options.diesWithLauncher()));
        return annotations;
    }

    /** What a Pod says of itself; somebody may have changed it, so nothing is taken for granted. */
    static PodMarks of(Pod pod) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        return new PodMarks(
                id(annotations.get(PROC_ID)),
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
                        .getOrDefault(LAUNCHER, ""),
                Boolean.parseBoolean(annotations.get(WANTS_OUTPUT)),
                tailLines(annotations.getOrDefault(TAIL_LINES, "0")),
                Boolean.parseBoolean(annotations.get(DIES_WITH_LAUNCHER)));
    }

    private static Optional<ProcId> id(String text) {
        try {
            return Optional.ofNullable(text).map(ProcId::new);
        } catch (IllegalArgumentException changed) {
            return Optional.empty();
        }
    }

    private static int tailLines(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 0, LaunchOptions.MAX_TAIL_LINES);
        } catch (NumberFormatException changed) {
            return 0;
        }
    }
}
