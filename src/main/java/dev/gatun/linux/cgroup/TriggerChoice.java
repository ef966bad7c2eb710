package dev.gatun.linux.cgroup;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The best {@link MemoryTrigger} that there is for a group. */
public final class TriggerChoice {

    private final Libc libc;
    private final List<String> reasons = new ArrayList<>();
    private Optional<MemoryTrigger> trigger = Optional.empty();

    private TriggerChoice(Libc libc) {
        this.libc = libc;
    }

    /**
     * Opens one: a threshold of the usage in version 1, which is exact; else news of limits that are hit, in version 2;
     * else stalls, of the group or of the machine.
     *
     * @param thresholdBytes from how much memory on there is reason to look
     */
    public static TriggerChoice open(Libc libc, CgroupMembership membership, long thresholdBytes) {
        TriggerChoice choice = new TriggerChoice(libc);
        Optional<CgroupFolder> memory = membership.controller("memory");
        if (memory.isEmpty()) {
            choice.reasons.add("there is no memory controller");
        } else if (memory.get().version() == CgroupVersion.V1) {
            choice.attempt(() -> UsageThreshold.open(libc, memory.get(), thresholdBytes));
        } else {
            choice.tryEvents(memory.get());
        }
        Optional<CgroupFolder> unified = membership.unified();
        if (unified.isPresent()) {
            choice.attempt(() -> PressureStall.open(libc, unified.get().path() + "/" + PressureStall.OF_GROUP));
        }
        choice.attempt(() -> PressureStall.open(libc, PressureStall.OF_MACHINE));
        return choice;
    }

    private interface Opening {
        MemoryTrigger open();
    }

    private void attempt(Opening opening) {
        if (trigger.isPresent()) {
            return;
        }
        try {
            trigger = Optional.of(opening.open());
        } catch (LinuxException failure) {
            reasons.add(failure.getMessage());
        }
    }

    /** Those of the groups that have a limit: the others have nothing to tell but what is told below them. */
    private void tryEvents(CgroupFolder own) {
        try {
            List<CgroupFolder> limited = new ArrayList<>();
            for (CgroupFolder folder : own.upwards()) {
                if (hasLimit(folder, "memory.max") || hasLimit(folder, "memory.high")) {
                    limited.add(folder);
                }
            }
            if (limited.isEmpty()) {
                reasons.add("no group from " + own.path() + " upwards has a limit that could be hit");
            } else {
                trigger = Optional.of(LimitEvents.open(libc, limited));
            }
        } catch (LinuxException failure) {
            reasons.add(failure.getMessage());
        }
    }

    private boolean hasLimit(CgroupFolder folder, String file) {
        Optional<String> text = folder.read(libc, file);
        return text.isPresent() && LimitText.bytes(text.get()).kind() == LimitText.Kind.NUMBER;
    }

    /** What was opened, for the caller to close. */
    public Optional<MemoryTrigger> trigger() {
        return trigger;
    }

    /** What it is, or why there is none. */
    public String text() {
        return trigger.isPresent() ? trigger.get().text() : "none: " + String.join("; ", reasons);
    }
}
