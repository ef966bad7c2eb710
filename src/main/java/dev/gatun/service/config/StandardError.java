package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** Where the service's standard error goes. */
public enum StandardError implements Choice {
    /** To where its standard output goes. */
    STDOUT("stdout"),
    /** To the launcher's standard error. */
    INHERIT("inherit");

    private final String text;

    StandardError(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
