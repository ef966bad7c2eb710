package dev.gatun.linux.proc;

import dev.gatun.linux.Libc;
import java.util.Optional;

/**
 * What {@code /proc/PID/stat} says of a process (proc_pid_stat(5)).
 *
 * @param pid its number
 * @param name the first 15 bytes of its program's name
 * @param state {@code R}, {@code S}, {@code D}, {@code Z} (ended, not waited for), {@code T} (stopped)…
 * @param parent pid of its parent; 0 for one outside our PID namespace
 * @param group its process group
 * @param session its session
 * @param startTicks when it was created, in clock ticks since boot
 */
public record ProcStat(int pid, String name, char state, int parent, int group, int session, long startTicks) {

    /** Fields counted from the one behind the name, which is the third of the manual page. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START_TICKS = 19;

    /** Reads it; empty when there is no such process. */
    public static Optional<ProcStat> read(Libc libc, int pid) {
        Optional<String> text = ProcFile.readText(libc, "/proc/" + pid + "/stat");
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    }

    /** Parses the line. The name may hold blanks and parentheses, so its end is the last one. */
    static ProcStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] fields = line.substring(close + 2).trim().split(" ");
        return new ProcStat(
                Integer.parseInt(line.substring(0, open).trim()),
                line.substring(open + 1, close),
                fields[STATE].charAt(0),
                Integer.parseInt(fields[PARENT]),
                Integer.parseInt(fields[GROUP]),
                Integer.parseInt(fields[SESSION]),
                Long.parseLong(fields[START_TICKS]));
    }

    /** Whether the process has ended and only waits to be waited for. */
    public boolean isZombie() {
        return state == 'Z' || state == 'X';
    }
}
