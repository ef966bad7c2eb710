package dev.gatun.service.init;

import dev.gatun.service.instance.ProcessIdentity;
import java.time.Duration;
import java.util.Collection;

/** Says what went otherwise than asked for, to whoever asked and to the log of the process. */
final class StopReport {

    private final StartupLogs logs;
    private final InitOutput output;
    private final Duration timeout;
    private boolean hasProblems;

    StopReport(StartupLogs logs, InitOutput output, Duration timeout) {
        this.logs = logs;
        this.output = output;
        this.timeout = timeout;
    }

    /** @param rest it ended itself, and others of its tree did not */
    void killed(ManagedProcess process, boolean rest, Collection<ProcessIdentity> killed) {
        String what = rest
                ? ": it has ended, and others that it started have not"
                : ": it did not stop within " + timeout.toSeconds() + " s";
        tell(process, process.name() + what + "; SIGKILL was sent to " + pids(killed));
    }

    /** Something that makes the whole verb fail. */
    void problem(ManagedProcess process, String sentence) {
        hasProblems = true;
        tell(process, process.name() + ": " + sentence);
    }

    private void tell(ManagedProcess process, String line) {
        output.err(line);
        logs.append(process.logPath(), line);
    }

    boolean hasProblems() {
        return hasProblems;
    }

    /** {@code process 12}, or {@code processes 12, 13}. */
    static String pids(Collection<ProcessIdentity> processes) {
        StringBuilder text = new StringBuilder(processes.size() == 1 ? "process " : "processes ");
        String separator = "";
        for (ProcessIdentity process : processes) {
            text.append(separator).append(process.pid());
            separator = ", ";
        }
        return text.toString();
    }
}
