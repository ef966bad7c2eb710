package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * The children of this process, waited for without ever taking one by accident: {@link #peek} shows who has ended and
 * leaves it, {@link #collect} takes one by its pid, which cannot have been reused since nobody has waited for it.
 * For one thread.
 */
public final class Children {

    /** {@code siginfo_t} is 128 bytes; {@code si_pid} follows three ints and their padding. Its layout is slow to build. */
    private static final int SIGINFO_BYTES = 128;

    static final int SIGINFO_PID_OFFSET = 16;

    /** {@code struct rusage}: two {@code timeval}s, then {@code ru_maxrss} in kilobytes. */
    private static final int RUSAGE_BYTES = 144;

    private static final int USER_TIME_OFFSET = 0;
    private static final int SYSTEM_TIME_OFFSET = 16;
    static final int MAX_RSS_OFFSET = 32;

    private static final int WITHOUT_WAITING = Linux.WNOHANG();

    private final Libc libc;
    private final NativeMemory info;
    private final NativeMemory status;
    private final NativeMemory rusage;

    public Children(Libc libc) {
        this.libc = libc;
        Arena arena = Arena.ofAuto();
        info = NativeMemory.allocate(arena, SIGINFO_BYTES);
        status = NativeMemory.allocate(arena, 4);
        rusage = NativeMemory.allocate(arena, RUSAGE_BYTES);
    }

    /**
     * A child's change of state and what it has used up.
     *
     * @param cpuMicros user and system time of it and of the descendants it waited for
     * @param maxRssBytes the largest resident set it had; never less than ours at the spawn, since the kernel counts the
     *     memory that it shared with us until its exec
     */
    public record Change(WaitStatus status, long cpuMicros, long maxRssBytes) {}

    /** What {@link #peek} found. */
    public enum Presence {
        /** No child at all is left. */
        NONE,
        /** There are children, and none has ended. */
        RUNNING,
        /** One has ended: {@link Peek#pid}. */
        ENDED
    }

    /**
     * A look at the children.
     *
     * @param pid the one that ended, 0 when none has
     */
    public record Peek(Presence presence, int pid) {}

    /** Looks for a child that has ended and leaves it to be collected. */
    public Peek peek() {
        // The kernel leaves si_pid alone when no child has changed (waitid(2), NOTES).
        info.putInt(SIGINFO_PID_OFFSET, 0);
        long result;
        do {
            result = libc.waitid(Linux.P_ALL(), 0, info.segment(), Linux.WEXITED() | Linux.WNOHANG() | Linux.WNOWAIT());
        } while (result == -Errno.EINTR);
        if (result == -Errno.ECHILD) {
            return new Peek(Presence.NONE, 0);
        }
        LinuxException.check(result, "waitid", "P_ALL");
        int pid = info.getInt(SIGINFO_PID_OFFSET);
        return new Peek(pid == 0 ? Presence.RUNNING : Presence.ENDED, pid);
    }

    /**
     * Takes the end of one child without waiting.
     *
     * @return empty while it runs, and when it is not (or no longer) a child of ours
     */
    public Optional<Change> collect(int pid) {
        return collect(pid, WITHOUT_WAITING);
    }

    /** Takes the end, the stop or the continuation of one child without waiting; empty where there is none to tell. */
    public Optional<Change> collectAnyChange(int pid) {
        return collect(pid, WITHOUT_WAITING | Linux.WUNTRACED() | Linux.WCONTINUED());
    }

    /** Waits for the end of one child, however long it takes. */
    public Optional<Change> await(int pid) {
        return collect(pid, 0);
    }

    private Optional<Change> collect(int pid, int options) {
        long result;
        do {
            result = libc.wait4(pid, status.segment(), options, rusage.segment());
        } while (result == -Errno.EINTR);
        if (result == 0 || result == -Errno.ECHILD) {
            return Optional.empty();
        }
        LinuxException.check(result, "wait4", pid);
        return Optional.of(new Change(
                new WaitStatus(status.getInt(0)),
                micros(USER_TIME_OFFSET) + micros(SYSTEM_TIME_OFFSET),
                rusage.getLong(MAX_RSS_OFFSET) * 1024));
    }

    private long micros(int offset) {
        return rusage.getLong(offset) * 1_000_000 + rusage.getLong(offset + 8);
    }
}
