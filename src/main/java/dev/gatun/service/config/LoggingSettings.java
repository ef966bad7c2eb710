package dev.gatun.service.config;

import dev.gatun.config.Section;
import java.util.Map;
import java.util.Optional;

/**
 * The launcher's own log, and the service's output.
 *
 * @param fields added to every line of shape {@code json}
 * @param capture absent where the service's output passes through untouched
 */
public record LoggingSettings(
        LogShape format,
        LogThreshold level,
        LogOutput output,
        Map<String, String> fields,
        Optional<CaptureSettings> capture) {

    static LoggingSettings read(Section section) {
        return new LoggingSettings(
                section.choice("format", LogShape.TEXT, "How the launcher's own log lines look"),
                section.choice("level", LogThreshold.INFO, "The least weighty events of the launcher that are logged"),
                section.choice("output", LogOutput.STDOUT, "Where the launcher's own log goes"),
                section.textMap("fields", "Fields that are added to every JSON line; they win over the launcher's own"),
                section.optionalSection("capture",
                        "Capture the service's output into rotated files instead of passing it through",
                        CaptureSettings::read));
    }

    /** The same, but nothing is captured. */
    LoggingSettings passingThrough() {
        return new LoggingSettings(format, level, output, fields, Optional.empty());
    }
}
