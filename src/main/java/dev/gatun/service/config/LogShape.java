package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** How a log line looks. */
public enum LogShape implements Choice {
    /** Date, time and sentence. */
    TEXT("text"),
    /** One JSON object a line. */
    JSON("json");

    private final String text;

    LogShape(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
