package dev.gatun.service;

/** The steps of a launch, in their order. */
public enum LaunchStep {
    CONFIG("config"),
    CPU("cpu"),
    MEMORY("memory"),
    DIRECTORIES("directories"),
    LIMITS("limits"),
    COMMAND("command"),
    SPAWN("spawn"),
    PID_FILE("pid file"),
    READINESS("readiness"),
    WATCHDOG("watchdog"),
    SIDECARS("sub-processes");

    private final String text;

    LaunchStep(String text) {
        this.text = text;
    }

    /** From 1. */
    public int number() {
        return ordinal() + 1;
    }

    public String text() {
        return text;
    }
}
