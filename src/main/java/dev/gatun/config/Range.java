package dev.gatun.config;

/**
 * Which numbers a key takes.
 *
 * @param least negative infinity for any
 * @param most itself included; infinity for any
 * @param leastExcluded whether a number must be greater than the least
 */
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

    /** What is left of this range in another. */
    Range within(Range other) {
        return least >= other.least
                ? new Range(least, Math.min(most, other.most), leastExcluded)
                : new Range(other.least, Math.min(most, other.most), false);
    }

    public boolean contains(double number) {
        return (leastExcluded ? number > least : number >= least) && number <= most;
    }

    /** As it goes behind the name of a number: {@code from 1 to 65535}, {@code above 0}; empty for any. */
    public String text() {
        boolean below = least != Double.NEGATIVE_INFINITY;
        boolean above = most != Double.POSITIVE_INFINITY;
        if (below && above && !leastExcluded) {
            return "from " + NumberText.of(least) + " to " + NumberText.of(most);
        }
        String lower = !below ? "" : (leastExcluded ? "above " : "of at least ") + NumberText.of(least);
        String upper = !above ? "" : "at most " + NumberText.of(most);
        if (upper.isEmpty()) {
            return lower;
        }
        return lower.isEmpty() ? "of " + upper : lower + " and " + upper;
    }

    /** What was expected: {@code a whole number from 1 to 65535}. */
    String of(String number) {
        if (least == most) {
            return NumberText.of(least);
        }
        String text = text();
        if (text.isEmpty()) {
            return number;
        }
        return number + (number.indexOf(',') < 0 ? " " : ", ") + text;
    }
}
