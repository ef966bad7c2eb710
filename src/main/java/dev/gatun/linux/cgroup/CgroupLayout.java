package dev.gatun.linux.cgroup;

/** Which hierarchies a machine or a container has mounted. */
public enum CgroupLayout {
    NONE("none mounted"),
    V1("version 1"),
    V2("version 2"),
    /** Controllers by version 1, and beside them a version 2 hierarchy without those, which systemd tracks services by. */
    HYBRID("version 1, and 2 beside it");

    private final String text;

    CgroupLayout(String text) {
        this.text = text;
    }

    /** In words, for people. */
    public String text() {
        return text;
    }
}
