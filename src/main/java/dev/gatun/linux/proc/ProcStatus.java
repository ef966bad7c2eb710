package dev.gatun.linux.proc;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SignalSet;
import java.util.Optional;

/** Fields of {@code /proc/PID/status} or {@code /proc/PID/task/TID/status} (proc_pid_status(5)). */
public final class ProcStatus {

    private final String text;

    private ProcStatus(String text) {
        this.text = text;
    }

    /** Reads the file; empty when the process or thread is gone. */
    public static Optional<ProcStatus> read(Libc libc, String path) {
        Optional<String> text = ProcFile.readText(libc, path);
        return text.isEmpty() ? Optional.empty() : Optional.of(new ProcStatus(text.get()));
    }

    /** The text behind {@code Name:}, trimmed; empty when there is no such line. */
    public Optional<String> field(String name) {
        String key = "\n" + name + ":";
        int before = text.startsWith(key.substring(1)) ? -1 : text.indexOf(key);
        if (before < 0 && !text.startsWith(key.substring(1))) {
            return Optional.empty();
        }
        int at = before + key.length();
        int end = text.indexOf('\n', at);
        return Optional.of(text.substring(at, end < 0 ? text.length() : end).trim());
    }

    public SignalSet blocked() {
        return signals("SigBlk");
    }

    public SignalSet ignored() {
        return signals("SigIgn");
    }

    private SignalSet signals(String field) {
        return new SignalSet(Long.parseUnsignedLong(field(field).orElse("0"), 16));
    }
}
