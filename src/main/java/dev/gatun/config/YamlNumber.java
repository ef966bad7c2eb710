package dev.gatun.config;

/**
 * A number as YAML writes it: decimal, {@code 0x1f}, {@code 0o17}, {@code 0b11}, with underscores between digits; and,
 * as in YAML 1.1 and in the libraries that others use, octal with a leading zero.
 *
 * @param isWhole whether {@code whole} has all of it; otherwise it is only in {@code value}
 * @param isOldOctal whether it looks decimal but is not
 */
record YamlNumber(double value, long whole, boolean isWhole, boolean isOldOctal) {

    /** A number, or null if it is none. */
    static YamlNumber parse(String text) {
        String digits = text.indexOf('_') > 0 ? text.replace("_", "") : text;
        int start = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
        if (start == digits.length()) {
            return null;
        }
        if (digits.charAt(start) == '0' && digits.length() > start + 1) {
            int radix = radix(digits.charAt(start + 1));
            if (radix > 0) {
                return whole(digits, start, start + 2, radix);
            }
            if (hasOnlyDigits(digits, start + 1, 8)) {
                YamlNumber octal = whole(digits, start, start + 1, 8);
                return octal == null ? null
                        : new YamlNumber(octal.value, octal.whole, true, octal.whole > 7 || octal.whole < -7);
            }
        }
        return hasOnlyDigits(digits, start, 10) ? decimal(digits, start) : fraction(digits, start);
    }

    boolean fitsLong() {
        return isWhole || Math.abs(value) < 0x1p63;
    }

    private static int radix(char letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
    }

    private static YamlNumber whole(String digits, int sign, int start, int radix) {
        if (start == digits.length() || !hasOnlyDigits(digits, start, radix)) {
            return null;
        }
        try {
            long whole = Long.parseLong(digits, start, digits.length(), radix);
            return of(sign > 0 && digits.charAt(0) == '-' ? -whole : whole);
        } catch (NumberFormatException tooLarge) {
            return new YamlNumber(digits.charAt(0) == '-' ? -0x1p64 : 0x1p64, 0, false, false);
        }
    }

    private static YamlNumber decimal(String digits, int start) {
        YamlNumber number = whole(digits, start, start, 10);
        // Beyond 64 bits it is still a number, only none that is whole to us.
        return number.isWhole ? number : new YamlNumber(Double.parseDouble(digits), 0, false, false);
    }

    private static YamlNumber of(long whole) {
        return new YamlNumber(whole, whole, true, false);
    }

    /** Digits with a point, an exponent or both; infinities are no numbers to anybody who configures something. */
    private static YamlNumber fraction(String digits, int start) {
        int point = skipDigits(digits, start);
        int end = point < digits.length() && digits.charAt(point) == '.' ? skipDigits(digits, point + 1) : point;
        boolean hasDigits = point > start || end > point + 1;
        if (hasDigits && end < digits.length() && (digits.charAt(end) == 'e' || digits.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < digits.length() && (digits.charAt(exponent) == '-' || digits.charAt(exponent) == '+')) {
                exponent++;
            }
            end = skipDigits(digits, exponent);
            hasDigits = end > exponent;
        }
        if (!hasDigits || end < digits.length()) {
            return null;
        }
        double value = Double.parseDouble(digits);
        return new YamlNumber(value, (long) value, value == (long) value && Math.abs(value) < 0x1p53, false);
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean hasOnlyDigits(String text, int from, int radix) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c > 'f' || Character.digit(c, radix) < 0) {
                return false;
            }
        }
        return true;
    }
}
