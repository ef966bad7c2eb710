package dev.gatun.linux.cgroup;

/** The two interfaces: a hierarchy for each controller, or one for all. */
public enum CgroupVersion {
    V1,
    V2
}
