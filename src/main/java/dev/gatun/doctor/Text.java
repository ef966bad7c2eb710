package dev.gatun.doctor;

/** Quantities as the report prints them. */
final class Text {

    private static final long KIB = 1024;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private Text() {}

    /** In the largest unit that leaves at least 1 of it, with one digit behind the point where that is not 0. */
    static String bytes(long bytes) {
        int unit = 0;
        double amount = bytes;
        while (amount >= KIB && unit < UNITS.length - 1) {
            amount /= KIB;
            unit++;
        }
        return decimal(amount) + " " + UNITS[unit];
    }

    /** With one digit behind the point where that is not 0. */
    static String decimal(double number) {
        long tenths = Math.round(number * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}
