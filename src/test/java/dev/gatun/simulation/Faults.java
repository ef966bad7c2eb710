package dev.gatun.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * What goes wrong in the kernel, by chance and within a budget: sooner or later a machine has to be well again, or
 * nothing could be said of what must happen in the end.
 */
final class Faults {

    /** Kinds, for the count of what the seeds have covered. */
    enum Kind {
        INTERRUPTED, CLONE_REFUSED, DESCRIPTOR_REFUSED, WATCH_REFUSED, STEP_REFUSED, KILLED_ON_TAPE, LATE_SIGNAL,
        COALESCED_SIGNAL, STALL, STALE_EVENT, EXHAUSTED, PERMISSION_DENIED, SLOW_READER, PID_REUSED, NO_SUCH_PROCESS
    }

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int ENOEXEC = 8;
    static final int EBADF = 9;
    static final int ECHILD = 10;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOTTY = 25;
    static final int ENOSPC = 28;
    static final int ENOSYS = 38;

    /**
     * How likely what is.
     *
     * @param budget how many faults at the most
     * @param often probability of each at each call where it can be
     * @param exhaustedFromNanos from when on no descriptor can be had, for a while; 0 for never
     * @param exhaustedUntilNanos until when
     */
    record Profile(int budget, double often, long exhaustedFromNanos, long exhaustedUntilNanos) {}

    private final Kernel kernel;
    private final Profile profile;
    private final Dice dice;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private int left;
    private boolean over = true;

    Faults(Kernel kernel, Profile profile, Dice dice) {
        this.kernel = kernel;
        this.profile = profile;
        this.dice = dice;
        left = profile.budget();
    }

    void begin() {
        over = false;
    }

    /** From now on all is well. */
    void end() {
        over = true;
    }

    void happened(Kind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    Map<Kind, Integer> counts() {
        return counts;
    }

    private boolean strikes(Kind kind, double weight) {
        if (over || left == 0 || !dice.chance(profile.often() * weight)) {
            return false;
        }
        left--;
        happened(kind);
        kernel.trace(() -> "fault: " + kind);
        return true;
    }

    boolean interrupts() {
        return strikes(Kind.INTERRUPTED, 1);
    }

    private boolean exhausted() {
        boolean none = !over
                && kernel.now() >= profile.exhaustedFromNanos()
                && kernel.now() < profile.exhaustedUntilNanos();
        if (none) {
            happened(Kind.EXHAUSTED);
        }
        return none;
    }

    /** The errno of a clone, or 0. */
    int onClone() {
        if (exhausted()) {
            return EMFILE;
        }
        return strikes(Kind.CLONE_REFUSED, 5) ? dice.any(EAGAIN, ENOMEM, EMFILE, ENFILE) : 0;
    }

    /** The errno of what makes a descriptor, or 0. */
    int onOpen() {
        if (exhausted()) {
            return EMFILE;
        }
        return strikes(Kind.DESCRIPTOR_REFUSED, 1) ? dice.any(EMFILE, ENFILE, ENOMEM) : 0;
    }

    /** The errno of an {@code EPOLL_CTL_ADD}, or 0. */
    int onWatch() {
        return strikes(Kind.WATCH_REFUSED, 5) ? dice.any(ENOMEM, ENOSPC) : 0;
    }

    /** The errno of a step on a tape, or 0. */
    int onStep() {
        return strikes(Kind.STEP_REFUSED, 0.05)
                ? dice.any(EPERM, ENOENT, ENOEXEC, EAGAIN, ENOMEM, EACCES, EINVAL, EMFILE, ENOSYS)
                : 0;
    }

    boolean killsOnTape() {
        return strikes(Kind.KILLED_ON_TAPE, 0.01);
    }

    long signalDelay() {
        return strikes(Kind.LATE_SIGNAL, 5) ? dice.spread(1_000, 500 * Kernel.NANOS_PER_MILLI) : 0;
    }

    /** How long our thread does not run. */
    long stall() {
        return strikes(Kind.STALL, 0.2) ? dice.spread(100_000, 400 * Kernel.NANOS_PER_MILLI) : 0;
    }

    /** The same between a look at a pid and its use, where it does most harm: long enough for another to get it. */
    long stallBeforeUse() {
        return strikes(Kind.STALL, 5) ? dice.between(2 * Kernel.NANOS_PER_TICK, 400 * Kernel.NANOS_PER_MILLI) : 0;
    }
}
