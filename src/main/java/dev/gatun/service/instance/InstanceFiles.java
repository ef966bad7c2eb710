package dev.gatun.service.instance;

import dev.gatun.linux.CString;
import dev.gatun.linux.FileLock;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.WholeFile;
import dev.gatun.linux.proc.ProcFile;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The three files of an instance, read and written: the pid file, the record beside it, and the file of the lock. */
final class InstanceFiles {

    /** Whoever writes a pid needs no more. */
    private static final int MAX_BYTES = 4096;

    private final Libc libc;
    private final String path;

    InstanceFiles(Libc libc, String path) {
        this.libc = libc;
        this.path = path;
    }

    Libc libc() {
        return libc;
    }

    String path() {
        return path;
    }

    String recordPath() {
        return path + ".info";
    }

    CString lockPath() {
        return CString.of(path + ".lock");
    }

    boolean pidFileExists() {
        return new File(path).exists();
    }

    /** When the pid file was written, by the clock on the wall. */
    long pidFileMillis() {
        return new File(path).lastModified();
    }

    /** The number in the pid file, with any white space around it; empty where there is no file. */
    Optional<Integer> readPid() throws UnreadableFile {
        Optional<String> content = read(path);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        String text = content.get().trim();
        int pid = number(text);
        if (pid == 0) {
            throw new UnreadableFile(path + ": found " + quoted(text) + ", expected the number of a process");
        }
        return Optional.of(pid);
    }

    /** 0 for what is no pid: kill(2) takes that and less for groups. */
    private static int number(String text) {
        try {
            return text.startsWith("+") ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException rubbish) {
            return 0;
        }
    }

    Optional<InstanceRecord> readRecord() throws UnreadableFile {
        Optional<String> content = readRecordText();
        return content.isEmpty() ? Optional.empty() : Optional.of(parseRecord(content.get()));
    }

    Optional<String> readRecordText() throws UnreadableFile {
        return read(recordPath());
    }

    InstanceRecord parseRecord(String content) throws UnreadableFile {
        Optional<InstanceRecord> record = InstanceRecord.parse(content);
        if (record.isEmpty()) {
            throw new UnreadableFile(recordPath() + ": found " + quoted(content.trim())
                    + ", expected lines such as launcher-pid=12");
        }
        return record.get();
    }

    /** A folder, a pipe that nobody writes to, or a file of gigabytes must not keep or end us. */
    private Optional<String> read(String name) throws UnreadableFile {
        File file = new File(name);
        if (file.exists() && !file.isFile()) {
            throw new UnreadableFile(name + ": found a folder or something else that is no file");
        }
        if (file.length() > MAX_BYTES) {
            throw new UnreadableFile(name + ": found " + file.length() + " bytes, expected the number of a process");
        }
        try {
            return ProcFile.readText(libc, name);
        } catch (LinuxException refused) {
            throw new UnreadableFile(refused.getMessage());
        }
    }

    private static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), 40); i++) {
            shown.append(text.charAt(i) < ' ' ? '?' : text.charAt(i));
        }
        return shown.append(text.length() > 40 ? "…\"" : "\"").toString();
    }

    void writeRecord(InstanceRecord record) {
        write(recordPath(), record.format());
    }

    void writePid(int pid) {
        write(path, pid + "\n");
    }

    private void write(String name, String content) {
        WholeFile.replace(libc, CString.of(name), content.getBytes(StandardCharsets.UTF_8));
    }

    void removePidFile() {
        WholeFile.remove(libc, CString.of(path));
    }

    void removeRecord() {
        WholeFile.remove(libc, CString.of(recordPath()));
    }

    /** Whether there is any of the three. */
    boolean exist() {
        return pidFileExists() || new File(recordPath()).exists() || new File(lockPath().toString()).exists();
    }

    boolean isLocked() {
        return FileLock.isTaken(libc, lockPath());
    }

    /** What is there does not say what it should. */
    static final class UnreadableFile extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableFile(String sentence) {
            super(sentence);
        }
    }
}
