package dev.gatun.doctor;

import java.util.Locale;

/** What came of looking at one thing. */
public enum Status {
    /** As it should be, or a fact that is neither good nor bad. */
    OK,
    /** It works in some other way, or less well. */
    WARNING,
    /** It is not there. */
    MISSING;

    /** The name as reports print it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
