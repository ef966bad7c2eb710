package dev.gatun.service.config;

import dev.gatun.config.Section;
import java.util.Optional;

/** Where the standard streams of the service lead; absent for what the configuration type has as its default. */
public record StreamSettings(Optional<StandardInput> input, Optional<StandardError> error) {

    static StreamSettings read(Section section) {
        return new StreamSettings(
                section.choice("stdin", StandardInput.class,
                        "What the service reads from; by default null for python, inherit otherwise"),
                section.choice("stderr", StandardError.class,
                        "Where standard error goes; by default to standard output for python, inherit otherwise"));
    }
}
