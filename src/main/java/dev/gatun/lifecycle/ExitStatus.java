package dev.gatun.lifecycle;

/** How a process left, as {@code wait4(2)} tells it. */
public sealed interface ExitStatus {
    /** {@code n}, or {@code 128 + signal}, as shells have it: 0..255. */
    int exitCode();

    /** In words: {@code exit code 3}, {@code SIGSEGV (11), core dumped}. */
    String describe();

    /** Whether the process was ended by {@code signal}. */
    boolean isSignal(int signal);

    /**
     * It called {@code exit}.
     *
     * @param code 0..255
     */
    record Code(int code) implements ExitStatus {
        /** @throws IllegalArgumentException if {@code code} is outside 0..255 */
        public Code {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("exit code must be in 0..255, not " + code);
            }
        }

        @Override
        public int exitCode() {
            return code;
        }

        @Override
        public String describe() {
            return "exit code " + code;
        }

        @Override
        public boolean isSignal(int signal) {
            return false;
        }
    }

    /**
     * A signal ended it.
     *
     * @param signal 1..64
     * @param core whether the kernel says that core was dumped
     */
    record Signal(int signal, boolean core) implements ExitStatus {
        /** @throws IllegalArgumentException if there is no such signal */
        public Signal {
            SignalNumber.check(signal);
        }

        @Override
        public int exitCode() {
            return 128 + signal;
        }

        @Override
        public String describe() {
            String name = SignalNumber.describe(signal);
            return core ? name + ", core dumped" : name;
        }

        @Override
        public boolean isSignal(int other) {
            return signal == other;
        }
    }
}
