package dev.gatun.spawner.message;

/** What a spawner can be asked for. */
public enum Method {
    HELLO("hello"),
    LAUNCH("launch"),
    TERMINATE("terminate"),
    KILL("kill"),
    LIST("list"),
    RECOVER("recover"),
    PING("ping"),
    SHUTDOWN("shutdown");

    private final String wireName;

    Method(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in a request. */
    public String wireName() {
        return wireName;
    }
}
