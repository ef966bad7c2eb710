package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

/** Why a request was not carried out. {@code details} are for people who read the lines, and left out here. */
public record SpawnerError(
        @Description("unknown_method, invalid, refused, unsupported, already_launched, internal, or another word") String code,
        @Description("One sentence") String message,
        @Description("Whether the same request may succeed later") boolean retryable) {

    public SpawnerError {
        requireNonNull(code, "code");
        requireNonNull(message, "message");
    }

    /** For the end of a sentence. */
    public String describe() {
        return message + " (" + code + ")";
    }
}
