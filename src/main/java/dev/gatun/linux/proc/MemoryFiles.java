package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Libc;

/** What {@code /proc/PID} says of a process's memory (proc_pid_statm(5), proc_pid_smaps(5)). For one thread. */
final class MemoryFiles {

    static final byte[] STATM = PidFiles.name("statm");
    private static final byte[] ROLLUP = PidFiles.name("smaps_rollup");
    private static final byte[] PROPORTIONAL = {'\n', 'P', 's', 's', ':'};
    private static final long BYTES_PER_KIB = 1024;

    private final PidFiles files;
    private final long pageBytes;

    MemoryFiles(Libc libc, PidFiles files) {
        this.files = files;
        pageBytes = libc.sysconf(Linux._SC_PAGESIZE());
    }

    /** Resident bytes; 0 when the process has ended. */
    long resident(int pid) {
        int count = files.read(pid, STATM);
        return count <= 0 ? 0 : resident(files.bytes(), 0, count);
    }

    /** Resident bytes by the content of a {@code statm}. */
    long resident(byte[] statm, int from, int count) {
        return secondNumber(statm, from, from + count) * pageBytes;
    }

    /**
     * The part of its memory that is this process's, in bytes.
     *
     * @return 0 when the process has ended, -1 when it may not be read: that takes the right to trace the process
     */
    long proportional(int pid) {
        int count = files.read(pid, ROLLUP);
        if (count > 0) {
            return proportional(files.bytes(), count);
        }
        // Empty for one that has just ended and is not waited for.
        return count == 0 || PidFiles.isGone(count) ? 0 : -1;
    }

    static long secondNumber(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != ' ') {
            at++;
        }
        return number(text, at + 1, to);
    }

    /** The line is {@code Pss:                 560 kB}; -1 where there is none. */
    static long proportional(byte[] rollup, int count) {
        for (int at = 0; at + PROPORTIONAL.length < count; at++) {
            if (rollup[at] == '\n' && isProportional(rollup, at)) {
                int digits = at + PROPORTIONAL.length;
                while (digits < count && rollup[digits] == ' ') {
                    digits++;
                }
                return number(rollup, digits, count) * BYTES_PER_KIB;
            }
        }
        return -1;
    }

    private static boolean isProportional(byte[] rollup, int at) {
        for (int i = 1; i < PROPORTIONAL.length; i++) {
            if (rollup[at + i] != PROPORTIONAL[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] text, int from, int to) {
        long number = 0;
        for (int at = from; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
            number = number * 10 + text[at] - '0';
        }
        return number;
    }
}
