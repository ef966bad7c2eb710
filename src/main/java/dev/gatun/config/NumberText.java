package dev.gatun.config;

/** Numbers for people. */
final class NumberText {

    private static final double MOST_WHOLE = 0x1p63;

    private NumberText() {}

    /** Whole numbers without a point. */
    static String of(double number) {
        return number == Math.rint(number) && Math.abs(number) <= MOST_WHOLE
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
