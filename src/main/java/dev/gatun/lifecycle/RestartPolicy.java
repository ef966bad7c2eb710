package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Whether a process that has ended is started again.
 *
 * @param when after which ends
 * @param maxRestarts how often in a row; a healthy run gives the budget back; empty is without limit
 */
public record RestartPolicy(When when, OptionalInt maxRestarts) {
    /** After which ends. */
    public enum When {
        /** After none. */
        NO,
        /** After those that are not a success. */
        ON_FAILURE,
        /** After all that nobody asked for, exit code 0 included. */
        ALWAYS
    }

    /** @throws IllegalArgumentException if {@code maxRestarts} is negative */
    public RestartPolicy {
        requireNonNull(when, "when");
        if (maxRestarts.isPresent() && maxRestarts.getAsInt() < 0) {
            throw new IllegalArgumentException("max restarts must not be negative, not " + maxRestarts.getAsInt());
        }
    }

    public static RestartPolicy no() {
        return new RestartPolicy(When.NO, OptionalInt.empty());
    }

    public static RestartPolicy onFailure() {
        return new RestartPolicy(When.ON_FAILURE, OptionalInt.empty());
    }

    public static RestartPolicy always() {
        return new RestartPolicy(When.ALWAYS, OptionalInt.empty());
    }

    /** @throws IllegalArgumentException if {@code restarts} is negative */
    public RestartPolicy withMaxRestarts(int restarts) {
        return new RestartPolicy(when, OptionalInt.of(restarts));
    }

    boolean isUsedUp(History history) {
        return maxRestarts.isPresent() && history.restarts() >= maxRestarts.getAsInt();
    }
}
