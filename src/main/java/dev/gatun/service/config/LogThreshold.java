package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** The least weighty events that are logged. */
public enum LogThreshold implements Choice {
    /** What kept something from being done. */
    ERROR("error"),
    /** What is wrong, and what goes on all the same. */
    WARN("warn"),
    /** What happens. */
    INFO("info"),
    /** Every detail. */
    DEBUG("debug");

    private final String text;

    LogThreshold(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
