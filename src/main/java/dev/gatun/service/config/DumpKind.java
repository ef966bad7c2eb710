package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** What a dump before the end is. */
public enum DumpKind implements Choice {
    /** The heap of a JVM, as an hprof file. */
    HEAP("heap"),
    /** The flight recording that runs in a JVM. */
    JFR("jfr"),
    /** Whatever `dump.command` does. */
    COMMAND("command");

    private final String text;

    DumpKind(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
