package dev.gatun.config;

/** Which numbers a key takes. */
public record Range(double least, double most, boolean leastExcluded) {

    public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    public static Range atLeast(double least) {
        return new Range(least, Double.POSITIVE_INFINITY, false);
    }

    public static Range between(double least, double most) {
        return new Range(least, most, false);
    }

    public static Range positive() {
        return new Range(0, Double.POSITIVE_INFINITY, true);
    }

    public static Range percent() {
        return between(0, 100);
    }

    /** Of TCP. */
    public static Range port() {
        return between(1, 65_535);
    }

    /** This range without its least number. */
    public Range withoutLeast() {
        return new Range(least, most, true);
    }
}
