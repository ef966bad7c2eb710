package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** Whose memory the watchdog counts. */
public enum WatchdogScope implements Choice {
    /** The service's and that of all its descendants. */
    TREE("tree"),
    /** The service's own process alone. */
    PROCESS("process"),
    /** That of the whole control group, ours included and without the file cache that can be dropped. */
    CGROUP("cgroup");

    private final String text;

    WatchdogScope(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
