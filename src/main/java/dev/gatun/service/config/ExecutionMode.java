package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** What a Java service runs on. */
public enum ExecutionMode implements Choice {
    /** A Java virtual machine. */
    JVM("jvm"),
    /** A native image of the program. */
    NATIVE("native");

    private final String text;

    ExecutionMode(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
