package dev.gatun.probe;

/** An attempt of a {@link Check} that is under way. For the loop's thread. */
@FunctionalInterface
public interface Attempt {

    /** Ends it without an answer; does nothing where it has answered already. */
    void cancel();
}
