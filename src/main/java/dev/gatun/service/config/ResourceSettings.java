package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Resource limits of the service.
 *
 * @param maxOpenFiles soft and hard {@code RLIMIT_NOFILE}; empty leaves it alone
 * @param maxProcesses soft and hard {@code RLIMIT_NPROC}, which counts all processes of the user; empty leaves it alone
 * @param coreDumpEnabled false makes {@code RLIMIT_CORE} 0; absent for what the configuration type has as its default
 */
public record ResourceSettings(
        OptionalLong maxOpenFiles, OptionalLong maxProcesses, Optional<Boolean> coreDumpEnabled) {

    static ResourceSettings read(Section section) {
        return new ResourceSettings(
                positive(section.integer("maxOpenFiles", Range.atLeast(0),
                        "Limit of open files (RLIMIT_NOFILE, soft and hard); 0 leaves it alone")),
                positive(section.integer("maxProcesses", Range.atLeast(0),
                        "Limit of processes of the user (RLIMIT_NPROC, soft and hard); 0 leaves it alone")),
                section.flag("coreDumpEnabled",
                        "Whether a crash may write a core file; by default not for python, and left alone otherwise"));
    }

    private static OptionalLong positive(OptionalInt value) {
        return value.isPresent() && value.getAsInt() > 0 ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty();
    }
}
