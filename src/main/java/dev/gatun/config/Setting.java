package dev.gatun.config;

import static java.util.Objects.requireNonNull;

/**
 * A value in effect, and where it comes from.
 *
 * @param path such as {@code watchdog.grace}, {@code args[0]} or {@code env.HOME}
 * @param value as one would write it in YAML
 */
public record Setting(String path, String value, Source source) {

    public Setting {
        requireNonNull(path);
        requireNonNull(value);
        requireNonNull(source);
    }
}
