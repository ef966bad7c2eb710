package dev.gatun.linux;

import dev.gatun.linux.proc.ProcStat;
import java.util.Optional;

/** A process that runs its program. */
public final class Spawned implements SpawnResult {

    private final Libc libc;
    private final int pid;
    private final PidFd pidfd;

    Spawned(Libc libc, int pid, PidFd pidfd) {
        this.libc = libc;
        this.pid = pid;
        this.pidfd = pidfd;
    }

    /** Its number, ours until we wait for it. */
    public int pid() {
        return pid;
    }

    /** Its identity; whoever takes the result closes it. */
    public PidFd pidfd() {
        return pidfd;
    }

    /**
     * When the kernel created it, in clock ticks since boot ({@code /proc/PID/stat}, field 22): with the pid an identity
     * that can be written down. It is read when asked for, since reading takes half as long as the spawn; so ask before
     * the process is waited for.
     *
     * @return 0 when it cannot be read
     */
    public long startTicks() {
        try {
            Optional<ProcStat> stat = ProcStat.read(libc, pid);
            return stat.isPresent() ? stat.get().startTicks() : 0;
        } catch (LinuxException shortage) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "Spawned(" + pid + ")";
    }
}
