package dev.gatun.linux.cgroup;

/**
 * The content of a file with a limit.
 *
 * @param value where it is a number; doubles are exact for all numbers of bytes that matter, up to 8 PiB
 */
record LimitText(Kind kind, double value) {

    enum Kind {
        NUMBER,
        /** That there is none. */
        NONE,
        /** Something else. */
        GARBAGE
    }

    private static final LimitText NONE = new LimitText(Kind.NONE, 0);
    private static final LimitText GARBAGE = new LimitText(Kind.GARBAGE, 0);

    /**
     * Version 1 shows "no limit" as the largest number that is a whole number of pages, a little below 2^63, and version 2
     * takes numbers as large as one likes. Nobody has as much as this.
     */
    private static final double UNLIMITED_BYTES = 0x1p60;

    /** {@code 536870912} or {@code max}. */
    static LimitText bytes(String text) {
        if (text.equals("max")) {
            return NONE;
        }
        double bytes = number(text);
        if (bytes < 0) {
            return GARBAGE;
        }
        return bytes > UNLIMITED_BYTES ? NONE : new LimitText(Kind.NUMBER, bytes);
    }

    /** {@code QUOTA PERIOD}, both in microseconds; a quota of {@code max}, or a negative one, is none. */
    static LimitText processors(String quotaAndPeriod) {
        String[] parts = quotaAndPeriod.split(" ");
        if (parts.length != 2) {
            return GARBAGE;
        }
        double period = number(parts[1]);
        if (period < 0) {
            return GARBAGE;
        }
        String quota = parts[0];
        boolean negative = quota.startsWith("-") && number(quota.substring(1)) >= 0;
        if (quota.equals("max") || negative || period == 0) {
            return NONE;
        }
        double micros = number(quota);
        return micros < 0 ? GARBAGE : new LimitText(Kind.NUMBER, micros / period);
    }

    /** A number of digits and nothing else, or -1. */
    private static double number(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : Double.parseDouble(text);
    }
}
