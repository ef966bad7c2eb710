package dev.gatun.linux.proc;

/**
 * The fields of {@code /proc/PID/stat} that tell where a process belongs (proc_pid_stat(5)), parsed from bytes into the
 * same object again and again: a look at a thousand processes leaves no garbage. {@link ProcStat} is for a few.
 */
final class StatLine {

    /** Numbers of the fields as in the manual page. */
    private static final int STATE = 3;

    private static final int PARENT = 4;
    private static final int GROUP = 5;
    private static final int SESSION = 6;
    private static final int START_TICKS = 22;

    private int parent;
    private int group;
    private int session;
    private long startTicks;

    int parent() {
        return parent;
    }

    int group() {
        return group;
    }

    int session() {
        return session;
    }

    long startTicks() {
        return startTicks;
    }

    /** For tests, and for what is not read from a file. */
    void set(int newParent, int newGroup, int newSession, long newStartTicks) {
        parent = newParent;
        group = newGroup;
        session = newSession;
        startTicks = newStartTicks;
    }

    /**
     * Parses the line.
     *
     * @return false when it is not complete
     */
    boolean parse(byte[] line, int length) {
        int field = STATE;
        long value = 0;
        for (int i = behindName(line, length); i < length; i++) {
            byte letter = line[i];
            if (letter != ' ') {
                // The state, a letter, and the minus of a few fields make numbers that nobody asks for.
                value = value * 10 + letter - '0';
                continue;
            }
            if (field == PARENT) {
                parent = (int) value;
            } else if (field == GROUP) {
                group = (int) value;
            } else if (field == SESSION) {
                session = (int) value;
            } else if (field == START_TICKS) {
                startTicks = value;
                return true;
            }
            field++;
            value = 0;
        }
        return false;
    }

    /** The name may hold blanks and parentheses, so its end is the last one. */
    private static int behindName(byte[] line, int length) {
        int i = length - 1;
        while (i >= 0 && line[i] != ')') {
            i--;
        }
        return i < 0 ? length : i + 2;
    }
}
