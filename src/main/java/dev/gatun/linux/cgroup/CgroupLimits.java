package dev.gatun.linux.cgroup;

import dev.gatun.linux.Libc;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Limits of one group, read from its own files; those of its parents apply to it as well. Empty where there is no limit.
 */
public final class CgroupLimits {

    /**
     * Version 1 shows "no limit" as the largest number of bytes that are whole pages, and pages differ in size. Nobody
     * has half of that.
     */
    private static final long UNLIMITED_BYTES = 1L << 62;

    private final Libc libc;
    private final CgroupFolder folder;

    public CgroupLimits(Libc libc, CgroupFolder folder) {
        this.libc = libc;
        this.folder = folder;
    }

    private boolean isV2() {
        return folder.version() == CgroupVersion.V2;
    }

    /** The hard limit of its memory: above it somebody in it is killed. */
    public OptionalLong memoryBytes() {
        Optional<String> text = folder.read(libc, isV2() ? "memory.max" : "memory.limit_in_bytes");
        return text.isEmpty() ? OptionalLong.empty() : limit(text.get());
    }

    /** How many processors' worth of time it gets: 1.5 is three seconds in two. */
    public OptionalDouble cpus() {
        if (isV2()) {
            Optional<String> quotaAndPeriod = folder.read(libc, "cpu.max");
            return quotaAndPeriod.isEmpty() ? OptionalDouble.empty() : ratio(quotaAndPeriod.get());
        }
        Optional<String> quota = folder.read(libc, "cpu.cfs_quota_us");
        Optional<String> period = folder.read(libc, "cpu.cfs_period_us");
        return quota.isEmpty() || period.isEmpty() ? OptionalDouble.empty() : ratio(quota.get() + " " + period.get());
    }

    /** How many threads there may be in it. */
    public OptionalLong tasks() {
        Optional<String> text = folder.read(libc, "pids.max");
        return text.isEmpty() ? OptionalLong.empty() : limit(text.get());
    }

    /** A number, or {@code max}; empty for a text that is neither. */
    static OptionalLong limit(String text) {
        try {
            long value = Long.parseLong(text);
            return value < 0 || value >= UNLIMITED_BYTES ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException max) {
            return OptionalLong.empty();
        }
    }

    /** {@code QUOTA PERIOD}, both in microseconds; a quota of {@code max} or -1 is none. */
    static OptionalDouble ratio(String quotaAndPeriod) {
        String[] parts = quotaAndPeriod.split(" ");
        OptionalLong quota = limit(parts[0]);
        OptionalLong period = parts.length < 2 ? OptionalLong.empty() : limit(parts[1]);
        return quota.isEmpty() || period.isEmpty() || period.getAsLong() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) quota.getAsLong() / period.getAsLong());
    }
}
