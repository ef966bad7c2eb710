package dev.gatun.service.dump;

import dev.gatun.linux.CString;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Folders;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.log.Timestamp;
import java.time.Instant;

/** Where a dump of a JVM is put: {@code FOLDER/NAME-PID-yyyyMMdd-HHmmss.EXTENSION}, in UTC. */
final class DumpFile {

    private static final int FOLDER_MODE = 0755;

    /** {@code 2026-11-20T09:08:07}, the part of a timestamp that counts here. */
    private static final int DATE_AND_TIME_CHARS = 19;

    private final CString folder;
    private final CString path;

    DumpFile(CString folder, String name, int pid, Instant moment, String extension) {
        this.folder = folder;
        // A slash would lead into a folder that nobody has made.
        String file = name.replace('/', '_') + "-" + pid + "-" + compact(moment) + "." + extension;
        this.path = folder.plus(CString.of("/" + file));
    }

    private static String compact(Instant moment) {
        StringBuilder timestamp = new StringBuilder();
        Timestamp.appendUtc(timestamp, moment);
        return timestamp.substring(0, DATE_AND_TIME_CHARS).replace("-", "").replace(":", "").replace('T', '-');
    }

    CString path() {
        return path;
    }

    boolean exists(Libc libc) {
        return FilePath.exists(libc, path);
    }

    /**
     * Makes the folder, and those above it.
     *
     * @throws LinuxException naming the folder
     */
    void makeFolder(Libc libc) {
        Folders.make(libc, folder, FOLDER_MODE);
    }
}
