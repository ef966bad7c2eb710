package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** What the service reads from. */
public enum StandardInput implements Choice {
    /** /dev/null. */
    NULL("null"),
    /** What the launcher reads from. */
    INHERIT("inherit");

    private final String text;

    StandardInput(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
