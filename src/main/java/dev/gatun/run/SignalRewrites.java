package dev.gatun.run;

import dev.gatun.linux.Signal;

/** Which signal is forwarded for which that arrives. Immutable. */
public final class SignalRewrites {

    public static final SignalRewrites NONE = new SignalRewrites(identity());

    private final int[] forwarded;

    private SignalRewrites(int[] forwarded) {
        this.forwarded = forwarded;
    }

    private static int[] identity() {
        int[] signals = new int[Signal.MAX + 1];
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            signals[signal] = signal;
        }
        return signals;
    }

    /**
     * These rewrites and one more; a later one for the same signal replaces an earlier.
     *
     * @param forwards the signal to forward, 0 for none
     */
    public SignalRewrites with(Signal arriving, int forwards) {
        int[] signals = forwarded.clone();
        signals[arriving.number()] = forwards;
        return new SignalRewrites(signals);
    }

    /** What to forward for a signal that arrived: a number, or 0 for nothing. */
    public int apply(int signal) {
        return forwarded[signal];
    }

    public boolean isRewritten(int signal) {
        return forwarded[signal] != signal;
    }
}
