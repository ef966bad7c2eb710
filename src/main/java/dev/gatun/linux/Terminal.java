package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalInt;

/** Which process group a terminal lets read from it (tcgetpgrp(3), tcsetpgrp(3)). */
public final class Terminal {

    private final Libc libc;
    private final Fd fd;
    private final MemorySegment group = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    public Terminal(Libc libc, Fd fd) {
        this.libc = libc;
        this.fd = fd;
    }

    /** The group in the foreground; empty when the descriptor is not our controlling terminal. */
    public OptionalInt foregroundGroup() {
        long result = libc.ioctl(fd.number(), Linux.TIOCGPGRP(), group);
        return result < 0 ? OptionalInt.empty() : OptionalInt.of(group.get(ValueLayout.JAVA_INT, 0));
    }

    /**
     * Puts a group into the foreground. The caller has SIGTTOU blocked, or a call from the background would stop it.
     *
     * @return whether the terminal took it; it refuses once the session has lost the terminal
     */
    public boolean setForegroundGroup(int processGroup) {
        group.set(ValueLayout.JAVA_INT, 0, processGroup);
        return libc.ioctl(fd.number(), Linux.TIOCSPGRP(), group) == 0;
    }
}
