package dev.gatun.bench;

import java.util.Arrays;

/** Measured times in nanoseconds, and what is told of them: medians and percentiles, since means follow the outliers. */
public final class Samples {

    private long[] nanos = new long[1024];
    private int count;
    private boolean sorted;

    public void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = value;
        sorted = false;
    }

    public int count() {
        return count;
    }

    public double medianMicros() {
        return percentileMicros(50);
    }

    /** The smallest value that so many percent of all do not exceed; not a number where nothing was measured. */
    public double percentileMicros(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(percent / 100 * count);
        return nanos[Math.max(0, rank - 1)] / 1e3;
    }
}
