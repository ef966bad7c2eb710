package dev.gatun.log;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Moments as lines show them. Done by hand, because the first use of {@code java.time.format} takes milliseconds, and
 * that of the zone rules tens of them.
 */
public final class Timestamp {

    private Timestamp() {}

    /** RFC 3339 with all nine digits, so that lines sort as texts: {@code 2026-11-20T09:08:07.123456789Z}. */
    public static void appendUtc(StringBuilder line, Instant moment) {
        append(line, moment.getEpochSecond(), '-', 'T');
        appendFraction(line, moment.getNano(), 9);
        line.append('Z');
    }

    /** {@code 2026-11-20T09:08:07.123Z}. */
    static void appendUtcMillis(StringBuilder line, Instant moment) {
        append(line, moment.getEpochSecond(), '-', 'T');
        appendFraction(line, moment.getNano() / 1_000_000, 3);
        line.append('Z');
    }

    /** Local time as people read it: {@code 2026/11/20 10:08:07.123456}. */
    public static void appendLocal(StringBuilder line, Instant moment, int offsetSeconds) {
        append(line, moment.getEpochSecond() + offsetSeconds, '/', ' ');
        appendFraction(line, moment.getNano() / 1_000, 6);
    }

    private static void append(StringBuilder line, long second, char betweenDate, char beforeTime) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        appendDigits(line, time.getYear(), 4);
        appendDigits(line.append(betweenDate), time.getMonthValue(), 2);
        appendDigits(line.append(betweenDate), time.getDayOfMonth(), 2);
        appendDigits(line.append(beforeTime), time.getHour(), 2);
        appendDigits(line.append(':'), time.getMinute(), 2);
        appendDigits(line.append(':'), time.getSecond(), 2);
    }

    private static void appendFraction(StringBuilder line, int fraction, int digits) {
        appendDigits(line.append('.'), fraction, digits);
    }

    private static void appendDigits(StringBuilder line, int value, int digits) {
        String text = Integer.toString(value);
        for (int missing = digits - text.length(); missing > 0; missing--) {
            line.append('0');
        }
        line.append(text);
    }
}
