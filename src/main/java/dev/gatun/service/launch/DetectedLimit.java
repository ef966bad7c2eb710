package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the control groups say about our memory.
 *
 * @param bytes the smallest limit there is; empty for none, or where it could not be found out
 * @param source the file that says so, for people
 * @param failure why it could not be found out
 */
public record DetectedLimit(OptionalLong bytes, String source, Optional<String> failure) {

    public DetectedLimit {
        requireNonNull(bytes);
        requireNonNull(source);
        requireNonNull(failure);
    }

    public static DetectedLimit of(long bytes, String source) {
        return new DetectedLimit(OptionalLong.of(bytes), source, Optional.empty());
    }

    public static DetectedLimit unlimited() {
        return new DetectedLimit(OptionalLong.empty(), "", Optional.empty());
    }

    public static DetectedLimit failed(String why) {
        return new DetectedLimit(OptionalLong.empty(), "", Optional.of(why));
    }
}
