package dev.gatun.log;

import java.time.Instant;

/**
 * Moments as lines show them. Done by hand, because the first use of {@code java.time.format} takes milliseconds, and
 * that of the zone rules tens of them.
 */
public final class Timestamp {

    private static final int SECONDS_A_DAY = 86_400;

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
    public static void appendLocal(StringBuilder line, Instant moment, LocalZone zone) {
        long second = moment.getEpochSecond();
        append(line, second + zone.offsetSeconds(second), '/', ' ');
        appendFraction(line, moment.getNano() / 1_000, 6);
    }

    private static void append(StringBuilder line, long second, char betweenDate, char beforeTime) {
        long day = Math.floorDiv(second, SECONDS_A_DAY);
        int ofDay = Math.floorMod(second, SECONDS_A_DAY);
        CivilDate date = CivilDate.ofEpochDay(day);
        appendDigits(line, date.year(), 4);
        appendDigits(line.append(betweenDate), date.month(), 2);
        appendDigits(line.append(betweenDate), date.day(), 2);
        appendDigits(line.append(beforeTime), ofDay / 3600, 2);
        appendDigits(line.append(':'), ofDay / 60 % 60, 2);
        appendDigits(line.append(':'), ofDay % 60, 2);
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
