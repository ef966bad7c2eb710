package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** When a sub-process is started. */
public enum StartOrder implements Choice {
    /** Before the primary process. */
    BEFORE("before"),
    /** After it. */
    AFTER("after");

    private final String text;

    StartOrder(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
