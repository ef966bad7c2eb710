package dev.gatun.log;

import dev.gatun.log.PosixZone.DayKind;
import dev.gatun.log.PosixZone.Turn;
import java.util.Optional;

/** Reads the notation of {@link PosixZone}, from left to right. */
final class PosixZoneParser {

    private static final int HOUR = 3600;

    /** POSIX allows a day; the zone files go to a week (RFC 9636). */
    private static final int MAX_HOURS = 167;

    /** Where a rule names a summer time and no days: those of the United States, as in the C library. */
    private static final Turn DEFAULT_BEGIN = new Turn(DayKind.WEEKDAY, 3, 2, 0, 2 * HOUR);

    private static final Turn DEFAULT_END = new Turn(DayKind.WEEKDAY, 11, 1, 0, 2 * HOUR);

    private final String rule;
    private int at;

    PosixZoneParser(String rule) {
        this.rule = rule;
    }

    Optional<PosixZone> parse() {
        try {
            return Optional.of(zone());
        } catch (IllegalArgumentException notARule) {
            return Optional.empty();
        }
    }

    private PosixZone zone() {
        name();
        // The sign says how far UTC is ahead.
        int standard = -time();
        if (isAtEnd()) {
            return PosixZone.fixed(standard);
        }
        name();
        int summer = isAtEnd() || next() == ',' ? standard + HOUR : -time();
        if (isAtEnd()) {
            return new PosixZone(standard, summer, DEFAULT_BEGIN, DEFAULT_END);
        }
        expect(',');
        Turn begin = turn();
        expect(',');
        Turn end = turn();
        require(isAtEnd());
        return new PosixZone(standard, summer, begin, end);
    }

    /** Three letters or more, or whatever is between angle brackets. */
    private void name() {
        int start = at;
        if (skip('<')) {
            int end = rule.indexOf('>', at);
            require(end > at);
            at = end + 1;
        } else {
            while (!isAtEnd() && Character.isLetter(next())) {
                at++;
            }
            require(at - start >= 3);
        }
    }

    private Turn turn() {
        if (skip('M')) {
            int month = number(1, 12);
            expect('.');
            int week = number(1, 5);
            expect('.');
            int day = number(0, 6);
            return new Turn(DayKind.WEEKDAY, month, week, day, timeOfDay());
        }
        boolean julian = skip('J');
        int day = number(julian ? 1 : 0, 365);
        return new Turn(julian ? DayKind.JULIAN : DayKind.ZERO_BASED, 0, 0, day, timeOfDay());
    }

    private int timeOfDay() {
        return skip('/') ? time() : 2 * HOUR;
    }

    /** Hours, and minutes and seconds if they are there. */
    private int time() {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        int seconds = number(0, MAX_HOURS) * HOUR;
        for (int unit = 60; unit >= 1 && skip(':'); unit /= 60) {
            seconds += number(0, 59) * unit;
        }
        return negative ? -seconds : seconds;
    }

    private int number(int least, int most) {
        int start = at;
        int value = 0;
        while (!isAtEnd() && next() >= '0' && next() <= '9' && at - start < 4) {
            value = value * 10 + next() - '0';
            at++;
        }
        require(at > start && value >= least && value <= most);
        return value;
    }

    private void expect(char c) {
        require(skip(c));
    }

    private boolean skip(char c) {
        boolean found = !isAtEnd() && next() == c;
        if (found) {
            at++;
        }
        return found;
    }

    private char next() {
        return rule.charAt(at);
    }

    private boolean isAtEnd() {
        return at == rule.length();
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("not a time zone");
        }
    }
}
