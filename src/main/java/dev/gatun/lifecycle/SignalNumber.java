package dev.gatun.lifecycle;

/** The two signals the core sends by itself, and names for describing any. Numbers as in asm-generic/signal.h. */
final class SignalNumber {
    static final int KILL = 9;
    static final int TERM = 15;
    /** SIGRTMAX. */
    static final int MAX = 64;

    private static final int FIRST_REAL_TIME = 32;

    private SignalNumber() {}

    /** @throws IllegalArgumentException if there is no such signal */
    static int check(int signal) {
        if (signal < 1 || signal > MAX) {
            throw new IllegalArgumentException("signal must be in 1.." + MAX + ", not " + signal);
        }
        return signal;
    }

    /** {@code SIGTERM (15)}; real-time signals have a number only. */
    static String describe(int signal) {
        return signal < FIRST_REAL_TIME ? Names.OF[signal] + " (" + signal + ")" : "signal " + signal;
    }

    /** Apart, since most runs end without naming a signal. */
    private static final class Names {
        static final String[] OF = {
            "signal 0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL",
            "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT",
            "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF",
            "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS"
        };
    }
}
