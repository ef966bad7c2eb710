package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** What kind of program a file describes; the other keys' rules and defaults go by it. */
public enum ConfigType implements Choice {
    /** A Python program in one of six launch modes, or any command. */
    PYTHON("python"),
    /** A main class on a class path. */
    JAVA("java"),
    /** One of a few well-known programs. */
    EXECUTABLE("executable");

    private final String text;

    ConfigType(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
