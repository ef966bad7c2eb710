package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether the kernel may have killed a process for want of memory: a child that died of SIGKILL does not tell who sent it.
 *
 * <p>The kernel counts such a kill in the group of the victim, whichever limit was the reason, its own group's, that of a
 * group above or the machine's memory. It counts before it sends the signal, so who has seen the process end sees the
 * count. In version 2 a count goes up in all groups above as well, in version 1 it does not. For one thread.
 */
public final class OomEvidence {

    /** The answer for a SIGKILL that nobody of ours has sent. */
    public enum Verdict {
        /** In the group of the process somebody was killed so. */
        OOM_KILLED,
        /** Somebody was killed so who may have been this one, or it cannot be told. */
        LIKELY,
        /** Nobody was. */
        NO
    }

    /**
     * An answer.
     *
     * @param evidence in words: {@code memory.events oom_kill 0 -> 1}
     */
    public record Finding(Verdict verdict, String evidence) {

        public Finding {
            requireNonNull(verdict);
            requireNonNull(evidence);
        }
    }

    private static final String COUNTER = "oom_kill";
    private static final String MACHINE = "/proc/vmstat";

    /** The count of a file, -1 when it has none or cannot be read. */
    private static final long NONE = -1;

    private final Libc libc;
    private final List<CgroupFolder> folders;
    private final List<Long> before = new ArrayList<>();
    private long beforeOfMachine = NONE;

    /**
     * Evidence about the processes of a group, from now on.
     *
     * @param membership of the process; it may have ended when it is asked about
     */
    public OomEvidence(Libc libc, CgroupMembership membership) {
        this.libc = requireNonNull(libc);
        folders = membership.controller("memory").map(CgroupFolder::upwards).orElse(List.of());
        renew();
    }

    /**
     * Forgets what has been counted so far. For the start of each process; and now and then while it runs, since the
     * kernel may kill one of its workers and somebody else the process itself a month later.
     */
    public void renew() {
        before.clear();
        for (CgroupFolder folder : folders) {
            before.add(count(folder));
        }
        beforeOfMachine = countOfMachine();
    }

    private static String file(CgroupFolder folder) {
        return folder.version() == CgroupVersion.V2 ? "memory.events" : "memory.oom_control";
    }

    private long count(CgroupFolder folder) {
        try {
            return count(folder.read(libc, file(folder)));
        } catch (LinuxException unreadable) {
            return NONE;
        }
    }

    private long countOfMachine() {
        try {
            return count(ProcFile.readText(libc, MACHINE));
        } catch (LinuxException unreadable) {
            return NONE;
        }
    }

    private static long count(Optional<String> text) {
        OptionalLong count = text.isEmpty() ? OptionalLong.empty() : FlatKeyed.value(text.get(), COUNTER);
        return count.orElse(NONE);
    }

    /** What has been counted since. */
    public Finding look() {
        boolean isOwn = true;
        boolean isKnown = false;
        for (int i = 0; i < folders.size(); i++) {
            CgroupFolder folder = folders.get(i);
            long then = before.get(i);
            long now = count(folder);
            if (then != NONE && now > then) {
                return isOwn
                        ? new Finding(Verdict.OOM_KILLED, file(folder) + change(then, now))
                        : new Finding(Verdict.LIKELY, folder.path() + "/" + file(folder) + change(then, now));
            }
            isKnown |= isOwn && then != NONE && now != NONE;
            isOwn = false;
        }
        return isKnown
                ? new Finding(Verdict.NO, file(folders.getFirst()) + " " + COUNTER + " " + before.getFirst()
                        + " as before")
                : lookAtMachine();
    }

    private static String change(long then, long now) {
        return " " + COUNTER + " " + then + " -> " + now;
    }

    /** It counts all kills of the machine, those for the limit of a group too. */
    private Finding lookAtMachine() {
        long now = countOfMachine();
        if (beforeOfMachine == NONE || now == NONE) {
            return new Finding(Verdict.LIKELY, "no counter of the kernel's kills can be read here");
        }
        return now > beforeOfMachine
                ? new Finding(Verdict.LIKELY, MACHINE + change(beforeOfMachine, now))
                : new Finding(Verdict.NO, MACHINE + " " + COUNTER + " " + now + " as before");
    }
}
