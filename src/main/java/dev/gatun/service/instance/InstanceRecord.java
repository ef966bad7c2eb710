package dev.gatun.service.instance;

import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcFile;
import java.util.Optional;

/**
 * What stands beside a pid file, in lines {@code key=value}: that by which a process can be told from the next one of its
 * number.
 *
 * @param process empty while there is none
 * @param launcher who wrote it
 * @param bootId of the machine's run; clock ticks count from its start, and numbers are given out anew
 * @param command the program, for people
 */
record InstanceRecord(
        Optional<ProcessIdentity> process, ProcessIdentity launcher, String bootId, String command) {

    private static final String PID = "pid";
    private static final String START = "start-ticks";
    private static final String BOOT = "boot-id";
    private static final String LAUNCHER_PID = "launcher-pid";
    private static final String LAUNCHER_START = "launcher-start-ticks";
    private static final String COMMAND = "command";

    /** This run of the machine; empty where the kernel does not tell. */
    static String currentBootId(Libc libc) {
        return ProcFile.readText(libc, "/proc/sys/kernel/random/boot_id").orElse("").trim();
    }

    /** Whether it is about the process of a number. */
    boolean isOf(int pid) {
        return process.isPresent() && process.get().pid() == pid;
    }

    String format() {
        String own = process.isEmpty()
                ? ""
                : PID + "=" + process.get().pid() + "\n" + START + "=" + process.get().startTicks() + "\n";
        return own
                + BOOT + "=" + bootId + "\n"
                + LAUNCHER_PID + "=" + launcher.pid() + "\n"
                + LAUNCHER_START + "=" + launcher.startTicks() + "\n"
                + COMMAND + "=" + command.replace('\n', ' ') + "\n";
    }

    /** Empty for what is no such record. */
    static Optional<InstanceRecord> parse(String text) {
        try {
            String pid = value(text, PID);
            Optional<ProcessIdentity> process = pid.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(Integer.parseInt(pid), Long.parseLong(value(text, START))));
            ProcessIdentity launcher = new ProcessIdentity(
                    Integer.parseInt(value(text, LAUNCHER_PID)), Long.parseLong(value(text, LAUNCHER_START)));
            return Optional.of(new InstanceRecord(process, launcher, value(text, BOOT), value(text, COMMAND)));
        } catch (NumberFormatException rubbish) {
            return Optional.empty();
        }
    }

    private static String value(String text, String key) {
        String line = key + "=";
        int start = text.startsWith(line) ? 0 : text.indexOf("\n" + line) + 1;
        if (start == 0 && !text.startsWith(line)) {
            return "";
        }
        int end = text.indexOf('\n', start);
        return text.substring(start + line.length(), end < 0 ? text.length() : end);
    }
}
