package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;

/** A terminal, and which process group it lets read from it (ioctl_tty(2)). For one thread. */
public final class Terminal implements AutoCloseable {

    private final Libc libc;
    private final Fd fd;
    private final NativeMemory group = NativeMemory.allocate(Arena.ofAuto(), 4);

    public Terminal(Libc libc, Fd fd) {
        this.libc = libc;
        this.fd = fd;
    }

    /** The controlling terminal of our session, whatever the standard streams are; empty without one. */
    public static Optional<Terminal> controlling(Libc libc) {
        long number = Fd.tryOpen(libc, CString.of("/dev/tty"), Linux.O_RDWR() | Linux.O_NOCTTY());
        return number < 0 ? Optional.empty() : Optional.of(new Terminal(libc, new Fd(libc, number)));
    }

    /** For steps of a {@link SpawnTape}. */
    public Fd fd() {
        return fd;
    }

    /** The group in the foreground; empty when this is not our controlling terminal. */
    public OptionalInt foregroundGroup() {
        long result = libc.ioctl(fd.number(), Linux.TIOCGPGRP(), group.segment());
        return result < 0 ? OptionalInt.empty() : OptionalInt.of(group.getInt(0));
    }

    /**
     * Puts a group into the foreground. The caller has SIGTTOU blocked, or a call from the background would stop it.
     *
     * @return whether the terminal took it; it refuses once the session has lost the terminal
     */
    public boolean setForegroundGroup(int processGroup) {
        group.putInt(0, processGroup);
        return libc.ioctl(fd.number(), Linux.TIOCSPGRP(), group.segment()) == 0;
    }

    /**
     * Gives up the terminal as our controlling one. If we lead the session, everybody in it loses it, and the kernel
     * sends SIGHUP and SIGCONT to the foreground group.
     *
     * @return 0, or the error number: ENOTTY when this is no terminal, or not ours
     */
    public int release() {
        return (int) -libc.ioctl(fd.number(), Linux.TIOCNOTTY(), MemorySegment.NULL);
    }

    @Override
    public void close() {
        fd.close();
    }
}
