package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.Optional;

/**
 * How the service's output is captured instead of being passed through.
 *
 * @param maxBytes size at which a file is put aside
 * @param files how many files there are at the most, the current one included; 0 writes to our own standard output
 * @param path of the current file, relative to the dist root; absent for {@code var/log/NAME.log}
 * @param tailLines how many lines of it are remembered for the termination message
 */
public record CaptureSettings(
        CaptureFormat format, long maxBytes, int files, Optional<String> path, int tailLines) {

    static CaptureSettings read(Section section) {
        return new CaptureSettings(
                section.choice("format", CaptureFormat.RAW, "How captured output is written"),
                section.bytes("maxBytes", 10L << 20, Range.atLeast(4096),
                        "Size at which a file is put aside and a new one begun"),
                section.integer("files", 5, Range.between(0, 1000),
                        "How many files are kept, the current one included; 0 writes to the launcher's standard output"),
                section.text("path",
                        "The current file, relative to the dist root; by default var/log/NAME.log with the process's name"),
                section.integer("tailLines", 20, Range.between(0, 1000),
                        "How many of the last lines are put into the termination message"));
    }
}
