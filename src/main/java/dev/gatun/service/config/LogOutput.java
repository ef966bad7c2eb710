package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** Which standard stream the launcher's own log goes to. */
public enum LogOutput implements Choice {
    /** Standard output. */
    STDOUT("stdout"),
    /** Standard error. */
    STDERR("stderr");

    private final String text;

    LogOutput(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
