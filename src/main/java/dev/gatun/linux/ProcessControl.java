package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/** Attributes of this very process (prctl(2)). */
public final class ProcessControl {

    private final Libc libc;

    public ProcessControl(Libc libc) {
        this.libc = libc;
    }

    /** Has orphaned descendants come to us rather than to PID 1. */
    public void becomeSubreaper() {
        LinuxException.check(
                libc.prctl(Linux.PR_SET_CHILD_SUBREAPER(), 1, 0, 0, 0), "prctl", "PR_SET_CHILD_SUBREAPER, 1");
    }

    /** Whether orphaned descendants come to us, be it that we asked for it or whoever became this program did. */
    public boolean isSubreaper() {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory answer = NativeMemory.allocate(arena, Integer.BYTES);
            long result = libc.prctl(Linux.PR_GET_CHILD_SUBREAPER(), answer.address(), 0, 0, 0);
            LinuxException.check(result, "prctl", "PR_GET_CHILD_SUBREAPER");
            return answer.getInt(0) != 0;
        }
    }

    /** Makes a folder our working directory; in {@code /} we keep no file system from being unmounted. */
    public void enterFolder(CString path) {
        try (Arena arena = Arena.ofConfined()) {
            LinuxException.check(libc.chdir(path.allocate(arena)), "chdir", path);
        }
    }

    /** Closes descriptors that were passed on to us and that nothing here uses. */
    public void close(int... descriptors) {
        for (int descriptor : descriptors) {
            libc.close(descriptor);
        }
    }

    /** What we get when our own parent dies, or rather the thread of it that made us. */
    public void setParentDeathSignal(Signal signal) {
        long result = libc.prctl(Linux.PR_SET_PDEATHSIG(), signal.number(), 0, 0, 0);
        LinuxException.check(result, "prctl", "PR_SET_PDEATHSIG, " + signal);
    }

    /** The seccomp mode of this thread: 0 none, 1 strict, 2 filter. */
    public int seccompMode() {
        return (int) LinuxException.check(libc.prctl(Linux.PR_GET_SECCOMP(), 0, 0, 0, 0), "prctl", "PR_GET_SECCOMP");
    }
}
