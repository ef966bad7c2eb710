package dev.gatun.config;

import java.time.Duration;

/** Durations as people write them: {@code 10s}, {@code 500ms}, {@code 1m30s}, {@code 2h}; a bare number is seconds. */
public final class DurationText {

    private static final String EXPECTED = "expected a duration such as 10s, 500ms or 1m30s";

    private DurationText() {}

    /**
     * Reads a duration of zero or more.
     *
     * @throws IllegalArgumentException with what was found and what was expected
     */
    public static Duration parse(String text) {
        Duration total = Duration.ZERO;
        int at = 0;
        try {
            while (at < text.length()) {
                int unitStart = skip(text, at, true);
                int unitEnd = skip(text, unitStart, false);
                if (unitStart == at) {
                    throw invalid(text);
                }
                String number = text.substring(at, unitStart);
                String unit = text.substring(unitStart, unitEnd);
                boolean bare = unit.isEmpty() && at == 0 && unitEnd == text.length();
                total = total.plus(amount(text, number, bare ? "s" : unit));
                at = unitEnd;
            }
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw invalid(text);
        }
        if (text.isEmpty()) {
            throw invalid(text);
        }
        return total;
    }

    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length()
                && (text.charAt(at) >= '0' && text.charAt(at) <= '9' || text.charAt(at) == '.') == digits) {
            at++;
        }
        return at;
    }

    private static Duration amount(String text, String number, String unit) {
        long nanosPerUnit =
                switch (unit) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    case "d" -> 86_400_000_000_000L;
                    default -> throw invalid(text);
                };
        if (number.indexOf('.') < 0) {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(number), nanosPerUnit));
        }
        double nanos = Double.parseDouble(number) * nanosPerUnit;
        if (nanos > Long.MAX_VALUE) {
            throw invalid(text);
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("\"" + text + "\": " + EXPECTED);
    }
}
