package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A set of signals, as the kernel keeps it and as {@code /proc/PID/status} prints it.
 *
 * @param bits bit {@code n - 1} stands for signal {@code n}
 */
public record SignalSet(long bits) {

    public static final SignalSet NONE = new SignalSet(0);

    /** The C library's {@code sigset_t}: the kernel looks at the first 8 bytes. */
    private static final int SIGSET_BYTES = 128;

    public static SignalSet of(Signal... signals) {
        SignalSet set = NONE;
        for (Signal signal : signals) {
            set = set.plus(signal.number());
        }
        return set;
    }

    public boolean contains(int signal) {
        return (bits & 1L << (signal - 1)) != 0;
    }

    public SignalSet plus(int signal) {
        return new SignalSet(bits | 1L << (signal - 1));
    }

    public SignalSet minus(int signal) {
        return new SignalSet(bits & ~(1L << (signal - 1)));
    }

    public SignalSet union(SignalSet other) {
        return new SignalSet(bits | other.bits);
    }

    public SignalSet intersection(SignalSet other) {
        return new SignalSet(bits & other.bits);
    }

    /** What is in this set and not in the other. */
    public SignalSet without(SignalSet other) {
        return new SignalSet(bits & ~other.bits);
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    MemorySegment allocate(Arena arena) {
        NativeMemory set = NativeMemory.allocate(arena, SIGSET_BYTES);
        set.putLong(0, bits);
        return set.segment();
    }

    /** Blocks these signals in the calling thread, besides those that are blocked already. */
    public void block(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.pthread_sigmask(Linux.SIG_BLOCK(), allocate(arena), MemorySegment.NULL);
            LinuxException.check(result, "pthread_sigmask", "SIG_BLOCK");
        }
    }

    /** Lets these signals reach the calling thread, and whatever it starts from now on. */
    public void unblock(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.pthread_sigmask(Linux.SIG_UNBLOCK(), allocate(arena), MemorySegment.NULL);
            LinuxException.check(result, "pthread_sigmask", "SIG_UNBLOCK");
        }
    }

    /** Names, separated by blanks. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder();
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            if (contains(signal)) {
                names.append(names.isEmpty() ? "" : " ").append(Signal.name(signal));
            }
        }
        return names.toString();
    }
}
