package dev.gatun.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says about this process. */
public final class ProcSelf {

    private ProcSelf() {}

    /** Open descriptors, but for the one that the count itself takes. */
    public static int descriptors() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return (int) entries.count() - 1;
        }
    }

    /** How often this thread has gone to sleep, which is how often it was woken. */
    public static long contextSwitchesOfThisThread() throws IOException {
        return field("/proc/thread-self/status", "voluntary_ctxt_switches");
    }

    /** A field of {@code /proc/self/status} that is a number, {@code VmRSS} in kilobytes for one. */
    public static long status(String field) throws IOException {
        return field("/proc/self/status", field);
    }

    private static long field(String file, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.substring(field.length() + 1).trim().split("\\s+")[0]);
            }
        }
        throw new IllegalArgumentException(field);
    }

    /** Children of all threads, whether alive or not yet waited for. */
    public static List<Integer> children() {
        List<Integer> pids = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                for (String pid : Files.readString(task.resolve("children")).split(" ")) {
                    if (!pid.isEmpty()) {
                        pids.add(Integer.parseInt(pid));
                    }
                }
            }
            return pids;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
