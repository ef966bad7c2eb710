package dev.gatun.loop;

/** One action at one moment. For the loop's thread. */
public final class Timer {

    static final long NEVER = Long.MAX_VALUE;

    private final long atNanos;
    private Runnable action;

    Timer(long atNanos, Runnable action) {
        this.atNanos = atNanos;
        this.action = action;
    }

    /** Sees to it that the action is not run, if it has not been. */
    public void cancel() {
        action = null;
    }

    /** Whether it is due before another. */
    public boolean isBefore(Timer other) {
        return atNanos < other.atNanos;
    }

    boolean isCancelled() {
        return action == null;
    }

    long atNanos() {
        return atNanos;
    }

    Runnable fire() {
        Runnable due = action;
        action = null;
        return due;
    }
}
