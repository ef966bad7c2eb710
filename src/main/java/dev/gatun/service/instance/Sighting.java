package dev.gatun.service.instance;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcStatus;
import java.util.Optional;

/**
 * What there is under a number at a moment. A signal 0 alone tells little: it reaches zombies, and threads under numbers
 * of their own, and is refused for processes of other users.
 *
 * @param startTicks of the process; 0 unless it is alive or ended
 */
record Sighting(Kind kind, long startTicks) {

    enum Kind {
        /** Nothing of that number. */
        ABSENT("is gone"),
        /** A process that has ended, and that its parent has not waited for. */
        ENDED("has ended and is a zombie"),
        /** One thread of a process of another number. */
        THREAD("is the number of a thread of another process now"),
        /** A process of which {@code /proc} does not tell us ({@code hidepid}). */
        HIDDEN("is there, but /proc does not tell whose it is"),
        ALIVE("is alive");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What goes behind "process 12". */
        String words() {
            return words;
        }
    }

    static Sighting of(Libc libc, int pid) {
        Optional<ProcStat> stat;
        Optional<ProcStatus> status;
        try {
            stat = ProcStat.read(libc, pid);
            status = ProcStatus.read(libc, "/proc/" + pid + "/status");
        } catch (LinuxException refused) {
            if (refused.errno() == Errno.EACCES || refused.errno() == Errno.EPERM) {
                return new Sighting(Kind.HIDDEN, 0);
            }
            throw refused;
        }
        if (stat.isEmpty() || status.isEmpty()) {
            return new Sighting(libc.kill(pid, 0) == -Errno.ESRCH ? Kind.ABSENT : Kind.HIDDEN, 0);
        }
        if (!status.get().field("Tgid").orElse("").equals(Integer.toString(pid))) {
            return new Sighting(Kind.THREAD, 0);
        }
        return new Sighting(hasEnded(stat.get(), status.get()) ? Kind.ENDED : Kind.ALIVE, stat.get().startTicks());
    }

    /** A first thread that has ended before others is shown as a zombie too (pthread_exit(3) in {@code main}). */
    private static boolean hasEnded(ProcStat stat, ProcStatus status) {
        return stat.isZombie() && status.field("Threads").orElse("1").equals("1");
    }

    boolean hasStart() {
        return kind == Kind.ALIVE || kind == Kind.ENDED;
    }
}
