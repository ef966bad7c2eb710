package dev.gatun.log;

import java.util.Optional;

/**
 * A time zone as one rule for all years, in the notation of POSIX: {@code CET-1CEST,M3.5.0,M10.5.0/3}. It is what
 * {@code TZ} may hold and what a zone file ends with, for the time after its table. Immutable.
 *
 * @param standardSeconds ahead of UTC, in winter
 * @param summerSeconds ahead of UTC, in summer; the same where there is none
 * @param begin when summer time begins, by the standard time
 * @param end when it ends, by the summer time
 */
record PosixZone(int standardSeconds, int summerSeconds, Turn begin, Turn end) {

    static final PosixZone UTC = fixed(0);

    private static final long SECONDS_A_DAY = 86_400;

    static PosixZone fixed(int offsetSeconds) {
        return new PosixZone(offsetSeconds, offsetSeconds, Turn.NEW_YEAR, Turn.NEW_YEAR);
    }

    static Optional<PosixZone> parse(String rule) {
        return new PosixZoneParser(rule).parse();
    }

    int offsetSeconds(long epochSecond) {
        if (standardSeconds == summerSeconds) {
            return standardSeconds;
        }
        int year = CivilDate.ofEpochDay(Math.floorDiv(epochSecond + standardSeconds, SECONDS_A_DAY)).year();
        long yearBegin = CivilDate.epochDayOfYear(year) * SECONDS_A_DAY;
        long beginning = yearBegin + begin.secondOfYear(year) - standardSeconds;
        long ending = yearBegin + end.secondOfYear(year) - summerSeconds;
        boolean summer = beginning < ending
                ? beginning <= epochSecond && epochSecond < ending
                : epochSecond < ending || beginning <= epochSecond;
        return summer ? summerSeconds : standardSeconds;
    }

    /** How a rule names a day. */
    enum DayKind {
        /** 1 to 365; the 29th of February is never counted. */
        JULIAN,
        /** 0 to 365. */
        ZERO_BASED,
        /** A weekday, 0 to 6 from Sunday, in a week, 1 to 5 for the last, of a month. */
        WEEKDAY
    }

    /**
     * A moment of every year.
     *
     * @param month for a weekday
     * @param week for a weekday
     * @param day which one, by the kind
     * @param second after midnight; may be negative or in another day
     */
    record Turn(DayKind kind, int month, int week, int day, int second) {

        static final Turn NEW_YEAR = new Turn(DayKind.ZERO_BASED, 0, 0, 0, 0);

        private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

        long secondOfYear(int year) {
            return dayOfYear(year) * SECONDS_A_DAY + second;
        }

        private int dayOfYear(int year) {
            boolean leap = CivilDate.isLeapYear(year);
            return switch (kind) {
                case ZERO_BASED -> day;
                case JULIAN -> day - 1 + (leap && day > DAYS_BEFORE[2] ? 1 : 0);
                case WEEKDAY -> {
                    int first = DAYS_BEFORE[month - 1] + (leap && month > 2 ? 1 : 0);
                    int length = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (leap && month == 2 ? 1 : 0);
                    // 1970-01-01 was a Thursday, day 4.
                    int weekdayOfFirst = (int) Math.floorMod(CivilDate.epochDayOfYear(year) + first + 4, 7L);
                    int inMonth = Math.floorMod(day - weekdayOfFirst, 7) + 7 * (week - 1);
                    yield first + (inMonth < length ? inMonth : inMonth - 7);
                }
            };
        }
    }
}
