package dev.gatun.config;

/** Numbers for people. */
final class NumberText {

    /** Beyond this a double has no exact whole numbers, and would look like one that it is not. */
    private static final double MOST_EXACT = 1L << 53;

    private NumberText() {}

    /** Whole numbers without a point. */
    static String of(double number) {
        return number == Math.rint(number) && Math.abs(number) <= MOST_EXACT
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
