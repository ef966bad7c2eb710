package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** Where the memory limit comes from. */
public enum MemoryMode implements Choice {
    /** From the control group, or the machine's memory where that has no limit. */
    CGROUP_AWARE("cgroup-aware"),
    /** From `fixedLimitBytes`. */
    FIXED("fixed"),
    /** There is none: nothing is exported and nothing is watched. */
    UNMANAGED("unmanaged");

    private final String text;

    MemoryMode(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
