package dev.gatun.cli.dropin;

/**
 * The decimal number that a text begins with, as scanf(3) and atoi(3) read it: blanks in front of it and anything behind
 * it do not matter.
 *
 * @param value 0 where there is none; the nearest {@code int} where it is none
 * @param end where it ends, its start where there is none
 */
record LeadingNumber(int value, int end) {

    static LeadingNumber of(String text, int start) {
        int at = start;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        int first = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(10 * value + text.charAt(at) - '0', 1L + Integer.MAX_VALUE);
            at++;
        }
        if (at == first) {
            return new LeadingNumber(0, start);
        }
        return new LeadingNumber((int) Math.min(Integer.MAX_VALUE, negative ? -value : value), at);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
