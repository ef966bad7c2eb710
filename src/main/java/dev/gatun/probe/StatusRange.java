package dev.gatun.probe;

/**
 * Statuses of HTTP that count as a success.
 *
 * @param first 100 to 599
 * @param last the last that does, at least {@code first}
 */
public record StatusRange(int first, int last) {

    /** 200 to 399: whatever is neither a client's fault nor the server's. */
    public static final StatusRange NO_ERROR = new StatusRange(200, 399);

    /** @throws IllegalArgumentException if there is no such range */
    public StatusRange {
        if (first < 100 || last > 599 || first > last) {
            throw new IllegalArgumentException("statuses are a range in 100..599, not " + first + ".." + last);
        }
    }

    boolean contains(int status) {
        return status >= first && status <= last;
    }
}
