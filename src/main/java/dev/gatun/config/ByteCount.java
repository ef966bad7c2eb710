package dev.gatun.config;

/**
 * Amounts of bytes as Kubernetes has them: {@code 64Mi} is a power of two, {@code 64M} one of ten; a {@code B} may
 * follow either.
 */
final class ByteCount {

    private static final String LETTERS = "KMGTP";

    private ByteCount() {}

    /** The bytes of a number with a unit, or null if it is none; rounded to whole bytes. */
    static YamlNumber parse(String text) {
        int unit = text.length();
        while (unit > 0 && Character.isLetter(text.charAt(unit - 1))) {
            unit--;
        }
        double factor = factor(text.substring(unit));
        YamlNumber number = factor == 0 ? null : YamlNumber.parse(text.substring(0, unit));
        if (number == null) {
            return null;
        }
        double bytes = Math.rint(number.value() * factor);
        return new YamlNumber(bytes, (long) bytes, Math.abs(bytes) < 0x1p63, false);
    }

    private static double factor(String unit) {
        String prefix = unit.endsWith("B") ? unit.substring(0, unit.length() - 1) : unit;
        if (prefix.isEmpty()) {
            return unit.isEmpty() ? 0 : 1;
        }
        int power = prefix.charAt(0) == 'k' ? 1 : LETTERS.indexOf(prefix.charAt(0)) + 1;
        boolean binary = prefix.length() == 2 && prefix.charAt(1) == 'i' && prefix.charAt(0) != 'k';
        return power == 0 || prefix.length() > 1 && !binary ? 0 : power(binary ? 1024 : 1000, power);
    }

    private static double power(double base, int exponent) {
        double power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }
}
