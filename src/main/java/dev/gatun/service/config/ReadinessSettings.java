package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How the outside learns whether the service can work.
 *
 * @param enabled whether there is an HTTP endpoint
 * @param bindAddress the address it listens at
 * @param httpPath answers 200 or 503
 * @param livePath answers 200 as long as the service runs; absent for none
 * @param metricsPath answers with figures in Prometheus' text format; absent for none
 * @param required whether a port that is taken keeps the service from being started
 * @param drain from a stop request to the stop signal, so that callers see that it is not ready any more
 * @param filePath a file that is there while the service is ready
 * @param startTimeout how long a start may take to become ready; zero is without end
 * @param check how readiness is found out; absent for "it runs"
 */
public record ReadinessSettings(
        boolean enabled,
        String bindAddress,
        int httpPort,
        String httpPath,
        Optional<String> livePath,
        Optional<String> metricsPath,
        boolean required,
        Duration drain,
        Optional<String> filePath,
        Duration startTimeout,
        Optional<CheckSettings> check) {

    static ReadinessSettings read(Section section) {
        return new ReadinessSettings(
                section.flag("enabled", false, "Answer probes by HTTP"),
                section.text("bindAddress", "0.0.0.0", "The address to listen at: a literal or localhost"),
                section.integer("httpPort", 8081, Range.port(), "The port to listen at"),
                path(section, "httpPath", "/ready", "Path that answers 200 when the service is ready, else 503"),
                notEmpty(path(section, "livePath", "/live",
                        "Path that answers 200 while the service runs; empty for none")),
                notEmpty(path(section, "metricsPath", "/metrics",
                        "Path of the figures in Prometheus' text format; empty for none")),
                section.flag("required", true, "Whether a port that is taken keeps the service from being started"),
                section.seconds("drainSeconds", Duration.ofSeconds(10), Range.atLeast(0),
                        "Time between not being ready any more and the stop signal; counts when enabled or filePath is set"),
                section.text("filePath", "A file that is there while the service is ready, relative to the dist root")
                        .filter(text -> !text.isEmpty()),
                section.seconds("startTimeoutSeconds", Duration.ZERO, Range.atLeast(0),
                        "How long a start may take to become ready before it counts as failed; 0 is without end"),
                section.optionalSection("check", "How readiness is found out; without it a service that runs is ready",
                        CheckSettings::read));
    }

    private static String path(Section section, String name, String orElse, String description) {
        String path = section.text(name, orElse, description);
        if (!path.isEmpty() && path.charAt(0) != '/') {
            section.error(name, "\"" + path + "\"", "a path that begins with /");
        }
        return path;
    }

    private static Optional<String> notEmpty(String path) {
        return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    /** Between a stop request and the stop signal; nobody waits where nobody looks. */
    public Duration effectiveDrain() {
        return enabled || filePath.isPresent() ? drain : Duration.ZERO;
    }

    /** The same, but nobody is told of anything and nothing is asked. */
    ReadinessSettings off() {
        return new ReadinessSettings(
                false, bindAddress, httpPort, httpPath, livePath, metricsPath, required, Duration.ZERO,
                Optional.empty(), Duration.ZERO, Optional.empty());
    }
}
