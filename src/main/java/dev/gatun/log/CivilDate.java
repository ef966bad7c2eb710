package dev.gatun.log;

/** A day of the Gregorian calendar. */
record CivilDate(int year, int month, int day) {

    private static final int DAYS_IN_400_YEARS = 146_097;

    /** From 0000-03-01 to 1970-01-01. */
    private static final int DAYS_TO_EPOCH = 719_468;

    /**
     * The day that many days after 1970-01-01.
     *
     * <p>Years are taken to begin in March, so that the leap day is the last of its year; the lengths of the months
     * from there on repeat every five, 153 days long.
     */
    static CivilDate ofEpochDay(long epochDay) {
        long days = epochDay + DAYS_TO_EPOCH;
        long era = Math.floorDiv(days, DAYS_IN_400_YEARS);
        int ofEra = (int) (days - era * DAYS_IN_400_YEARS);
        int leapDaysBefore = ofEra / 1460 - ofEra / 36_524 + ofEra / (DAYS_IN_400_YEARS - 1);
        int yearOfEra = (ofEra - leapDaysBefore) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * ofYear + 2) / 153;
        int day = ofYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        return new CivilDate((int) year, month, day);
    }

    /** Days from 1970-01-01 to the first of January. */
    static long epochDayOfYear(int year) {
        long before = year - 1L;
        // 719,162 days lie between 0001-01-01 and 1970-01-01.
        return 365 * before + Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400)
                - 719_162;
    }

    static boolean isLeapYear(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
