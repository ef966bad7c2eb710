package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** After which ends a process is started again. */
public enum RestartWhen implements Choice {
    /** After none. */
    NO("no"),
    /** After those that are not a success. */
    ON_FAILURE("on-failure"),
    /** After all that nobody asked for. */
    ALWAYS("always");

    private final String text;

    RestartWhen(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
