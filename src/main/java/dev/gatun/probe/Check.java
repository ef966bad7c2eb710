package dev.gatun.probe;

import java.time.Duration;

/** A way to find out whether a process can work, one attempt at a time. For the loop's thread. */
public interface Check {

    /** What an attempt is. */
    enum Kind {
        HTTP("http"),
        TCP("tcp"),
        EXEC("exec");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As recordings and metrics have it. */
        public String text() {
            return text;
        }
    }

    /** Hears what an attempt came to. */
    @FunctionalInterface
    interface Answer {
        void onResult(CheckResult result);
    }

    Kind kind();

    /**
     * Begins an attempt, which answers exactly once, unless it is cancelled before. It never answers before this method
     * has returned.
     *
     * @param timeout after which the answer is a failure
     */
    Attempt begin(Duration timeout, Answer answer);
}
