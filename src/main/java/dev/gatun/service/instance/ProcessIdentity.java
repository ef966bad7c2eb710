package dev.gatun.service.instance;

import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import java.util.Optional;

/**
 * A process that can be written down and recognised later: numbers are given out again, but not within the same clock
 * tick.
 *
 * @param pid its number
 * @param startTicks when it was created, in clock ticks since the start of the machine
 */
public record ProcessIdentity(int pid, long startTicks) {

    /** Of a process that is there, ended or not; empty where there is none of that number. */
    static Optional<ProcessIdentity> of(Libc libc, int pid) {
        Sighting sighting = Sighting.of(libc, pid);
        return sighting.hasStart()
                ? Optional.of(new ProcessIdentity(pid, sighting.startTicks()))
                : Optional.empty();
    }

    /** Whether it has neither ended nor become something else. */
    public boolean isAlive(Libc libc) {
        Sighting sighting = Sighting.of(libc, pid);
        return sighting.kind() == Sighting.Kind.ALIVE && sighting.startTicks() == startTicks;
    }

    /** A descriptor for it and nobody else; empty when it is gone. */
    public Optional<PidFd> open(Libc libc) {
        if (!isAlive(libc)) {
            return Optional.empty();
        }
        Optional<PidFd> opened = PidFd.open(libc, pid);
        boolean same = false;
        try {
            // Only now, with the descriptor in hand, does the comparison prove anything.
            same = opened.isPresent() && isAlive(libc);
        } finally {
            if (!same && opened.isPresent()) {
                opened.get().close();
            }
        }
        return same ? opened : Optional.empty();
    }

    /** Written out: what the compiler makes for records is put together at its first use, which takes 20 ms. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessIdentity identity && pid == identity.pid && startTicks == identity.startTicks;
    }

    @Override
    public int hashCode() {
        return 31 * pid + Long.hashCode(startTicks);
    }
}
