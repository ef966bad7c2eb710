package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * The name of a process among those of one launcher. It is the caller's to choose; two that run at the same time have
 * different ones.
 *
 * @param value 1 to 255 bytes of UTF-8 without control characters
 */
public record ProcId(String value) {

    public static final int MAX_BYTES = 255;

    /** @throws IllegalArgumentException with one sentence if the name is empty, too long, or has control characters */
    public ProcId {
        requireNonNull(value, "value");
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the name of a process has 1 to " + MAX_BYTES + " bytes, this one has " + bytes);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a process has no control characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
