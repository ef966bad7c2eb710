package dev.gatun.engine.container;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a launcher writes on a container, so that a later one can go on with it.
 *
 * @param token whose it is
 * @param proc name of the process
 * @param tailLines how many lines of standard error its exit is to carry
 * @param isKept whether it stays after its end
 * @param diesWithLauncher whether it is killed when its launcher is closed
 */
record ContainerLabels(String token, String proc, int tailLines, boolean isKept, boolean diesWithLauncher) {

    static final String PREFIX = "dev.gatun.";
    static final String LAUNCHER = PREFIX + "launcher";
    static final String PROC = PREFIX + "proc";
    static final String STARTED = PREFIX + "started";
    private static final String TAIL_LINES = PREFIX + "tail-lines";
    private static final String KEEP = PREFIX + "keep";
    private static final String DIES_WITH_LAUNCHER = PREFIX + "dies-with-launcher";

    /** As labels; the time is for people. */
    Map<String, String> toMap(Instant now) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LAUNCHER, token);
        labels.put(PROC, proc);
        labels.put(STARTED, now.toString());
        labels.put(TAIL_LINES, Integer.toString(tailLines));
        labels.put(KEEP, Boolean.toString(isKept));
        labels.put(DIES_WITH_LAUNCHER, Boolean.toString(diesWithLauncher));
        return labels;
    }

    /** Reads labels; empty where they are not a launcher's. */
    static Optional<ContainerLabels> read(Map<String, String> labels) {
        String token = labels.get(LAUNCHER);
        String proc = labels.get(PROC);
        if (token == null || proc == null) {
            return Optional.empty();
        }
        return Optional.of(new ContainerLabels(
                token,
                proc,
                lines(labels.getOrDefault(TAIL_LINES, "")),
                Boolean.parseBoolean(labels.get(KEEP)),
                Boolean.parseBoolean(labels.get(DIES_WITH_LAUNCHER))));
    }

    /** Somebody else may have written them. */
    private static int lines(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}
