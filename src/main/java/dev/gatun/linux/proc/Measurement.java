package dev.gatun.linux.proc;

import static java.util.Objects.requireNonNull;

/**
 * How much memory processes have.
 *
 * @param bytes as counted by the method
 * @param processes how many were counted; those that have ended are not
 */
public record Measurement(long bytes, Method method, int processes) {

    /** How it was counted. */
    public enum Method {
        /**
         * The sum of what is resident. Pages that processes share, after a fork for one, are in it once for each of them:
         * it is never less than the memory that is in use.
         */
        RESIDENT("resident"),
        /** Each process with its part of what it shares: a page of four processes counts a quarter for each. */
        PROPORTIONAL("proportional"),
        /** As before, but for some processes that could not be read so closely the whole of what is resident. */
        PARTLY_PROPORTIONAL("proportional, and resident where that could not be read");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** In words, for people. */
        public String text() {
            return text;
        }
    }

    public Measurement {
        requireNonNull(method);
    }
}
