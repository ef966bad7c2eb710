package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** Who gets the signals that are forwarded. */
public enum SignalScope implements Choice {
    /** The process that was started, alone. */
    LEADER("leader"),
    /** Its process group. */
    GROUP("group");

    private final String text;

    SignalScope(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
