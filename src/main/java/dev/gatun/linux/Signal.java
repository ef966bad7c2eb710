package dev.gatun.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;

/**
 * A signal (signal(7)). The standard signals have the same numbers on x86-64 and aarch64; real-time signals count from
 * 34, since the C library keeps 32 and 33 for itself.
 *
 * @param number 1 to 64
 */
public record Signal(int number) implements Comparable<Signal> {

    public static final int MAX = 64;
    public static final int RTMIN = 34;

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal QUIT = new Signal(3);
    public static final Signal ILL = new Signal(4);
    public static final Signal TRAP = new Signal(5);
    public static final Signal BUS = new Signal(7);
    public static final Signal FPE = new Signal(8);
    public static final Signal KILL = new Signal(9);
    public static final Signal USR1 = new Signal(10);
    public static final Signal SEGV = new Signal(11);
    public static final Signal USR2 = new Signal(12);
    public static final Signal PIPE = new Signal(13);
    public static final Signal TERM = new Signal(15);
    public static final Signal CHLD = new Signal(17);
    public static final Signal CONT = new Signal(18);
    public static final Signal STOP = new Signal(19);
    public static final Signal TSTP = new Signal(20);
    public static final Signal TTIN = new Signal(21);
    public static final Signal TTOU = new Signal(22);
    public static final Signal WINCH = new Signal(28);

    /** {@code sizeof} the C library's {@code struct sigaction}. */
    static final int SIGACTION_BYTES = 152;

    private static final String[] STANDARD_NAMES =
            ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM "
                    + "STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
                    .split(" ");

    private static final String[] ALIASES = {"IOT", "ABRT", "CLD", "CHLD", "POLL", "IO"};

    public Signal {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("signal " + number + ": expected 1 to " + MAX);
        }
    }

    /**
     * Reads a name with or without {@code SIG}, in any case ({@code TERM}, {@code sigterm}, {@code RTMIN+3}, {@code
     * RTMAX-1}), or a number.
     */
    public static Optional<Signal> parse(String text) {
        String name = text.trim().toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        if (name.startsWith("RTMIN")) {
            return realTime(RTMIN, name.substring(5));
        }
        if (name.startsWith("RTMAX")) {
            return realTime(MAX, name.substring(5));
        }
        for (int i = 0; i < ALIASES.length; i += 2) {
            if (ALIASES[i].equals(name)) {
                name = ALIASES[i + 1];
            }
        }
        for (int i = 0; i < STANDARD_NAMES.length; i++) {
            if (STANDARD_NAMES[i].equals(name)) {
                return Optional.of(new Signal(i + 1));
            }
        }
        return withNumber(text.trim(), 0, 1, MAX);
    }

    private static Optional<Signal> realTime(int base, String offset) {
        if (offset.isEmpty()) {
            return Optional.of(new Signal(base));
        }
        boolean upwards = base == RTMIN;
        boolean signed = offset.charAt(0) == (upwards ? '+' : '-');
        return signed ? withNumber(offset, base, RTMIN, MAX) : Optional.empty();
    }

    private static Optional<Signal> withNumber(String text, int base, int min, int max) {
        // parseInt takes a sign, which only an offset has, and the digits of every script.
        for (int i = base == 0 ? 0 : 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        try {
            int number = base + Integer.parseInt(text);
            return number >= min && number <= max ? Optional.of(new Signal(number)) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Whether it is one of the three by which a terminal stops a job: TSTP, TTIN, TTOU. */
    public static boolean isTerminalStop(int number) {
        return number == TSTP.number || number == TTIN.number || number == TTOU.number;
    }

    /** Gives the signal its default disposition in this process. */
    public void restoreDefault(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            // All zeros: SIG_DFL, no mask, no flags.
            MemorySegment action = arena.allocate(SIGACTION_BYTES, 8);
            LinuxException.check(libc.sigaction(number, action, MemorySegment.NULL), "sigaction", this);
        }
    }

    /** {@code SIGTERM}, {@code SIGRTMIN+3}; {@code signal 32} for the two without a name. */
    public String displayName() {
        return name(number);
    }

    /** The name of a signal's number, for texts. */
    public static String name(int number) {
        if (number >= 1 && number <= STANDARD_NAMES.length) {
            return "SIG" + STANDARD_NAMES[number - 1];
        }
        if (number < RTMIN || number > MAX) {
            return "signal " + number;
        }
        return number == RTMIN ? "SIGRTMIN" : "SIGRTMIN+" + (number - RTMIN);
    }

    @Override
    public int compareTo(Signal other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return displayName();
    }
}
