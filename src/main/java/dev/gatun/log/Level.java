package dev.gatun.log;

import java.util.Locale;

/** How much an event matters, the weightiest first. */
public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    /** The name as it stands in lines and options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
