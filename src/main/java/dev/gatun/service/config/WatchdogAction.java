package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** What follows when the hard limit is exceeded. */
public enum WatchdogAction implements Choice {
    /** The service is stopped, and the launcher ends with it. */
    TERMINATE("terminate"),
    /** The service is stopped, and started again as the restart policy says. */
    RESTART("restart"),
    /** A dump is taken first; then as `terminate`. */
    DUMP("dump");

    private final String text;

    WatchdogAction(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
