package dev.gatun.service.init;

import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Folders;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.WholeFile;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What launchers and services write while nobody reads: one file a process, and a few of those before it. */
final class StartupLogs {

    /** {@code .0}, the youngest, to {@code .5}. */
    private static final int OLDEST = 5;

    private static final int FOLDER_MODE = 0755;
    private static final int TAIL_BYTES = 4096;
    private static final int TAIL_LINES = 10;

    private final Libc libc;
    private final String distRoot;

    StartupLogs(Libc libc, String distRoot) {
        this.libc = libc;
        this.distRoot = distRoot;
    }

    /** With a slash at its end. */
    static String folder(String distRoot) {
        return distRoot + "/var/log/";
    }

    String checkLog(String name) {
        return folder(distRoot) + name + "-check.log";
    }

    /** @throws InitProblem when there is no folder and none can be made */
    void makeFolder() {
        try {
            Folders.make(libc, CString.of(distRoot + "/var/log"), FOLDER_MODE);
        } catch (LinuxException refused) {
            throw InitProblem.ofLogs("cannot make the log folder: " + refused.getMessage());
        }
    }

    /**
     * Puts a log aside and the older ones behind it. Only for a process that is about to be started: one that runs goes on
     * writing to the file it has open, whatever that is called.
     */
    void rotate(String path) {
        for (int number = OLDEST; number >= 0; number--) {
            rename(number == 0 ? path : path + "." + (number - 1), path + "." + number);
        }
    }

    private void rename(String from, String to) {
        try (Arena arena = Arena.ofConfined()) {
            long result = libc.rename(CString.of(from).allocate(arena), CString.of(to).allocate(arena));
            if (result < 0 && result != -Errno.ENOENT) {
                throw InitProblem.ofLogs("cannot put an old log aside: "
                        + new LinuxException("rename", (int) -result, from + ", " + to).getMessage());
            }
        }
    }

    /** @throws InitProblem when it cannot be written */
    void makeEmpty(String path) {
        try {
            WholeFile.replace(libc, CString.of(path), new byte[0]);
        } catch (LinuxException refused) {
            throw InitProblem.ofLogs("cannot make the log: " + refused.getMessage());
        }
    }

    /** Writes a line to the end of a log. A full disk is no reason not to go on with what the line is about. */
    void append(String path, String line) {
        try (FileOutputStream log = new FileOutputStream(path, true)) {
            log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            // The line goes to standard error as well.
        }
    }

    /** The last lines; none of a file that cannot be read. */
    static List<String> tail(String path) {
        try (RandomAccessFile log = new RandomAccessFile(path, "r")) {
            long start = Math.max(0, log.length() - TAIL_BYTES);
            log.seek(start);
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, log.length() - start)];
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                return List.of();
            }
            List<String> lines = List.of(text.split("\n"));
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
