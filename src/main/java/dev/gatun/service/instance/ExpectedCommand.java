package dev.gatun.service.instance;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.linux.proc.ProcStatus;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words by which the process of a pid file is known, where nothing but its number was written down. One of them is
 * enough: programs replace themselves (a pex file by its interpreter), and their command lines by words of their own
 * ({@code gunicorn: master}), so whoever wanted all of them would take a running service for a stranger.
 */
public final class ExpectedCommand {

    /** Anything that has a program at all: threads of the kernel have none. */
    public static final ExpectedCommand ANY = new ExpectedCommand(List.of());

    /** A shorter word is found everywhere. */
    private static final int MIN_LENGTH = 3;

    private final List<String> names;

    private ExpectedCommand(List<String> names) {
        this.names = names;
    }

    /**
     * A process that has one of these words in its command line, or as its program.
     *
     * @param words program, script, module, main class, name of the service…; of a path, its last name counts
     */
    public static ExpectedCommand of(List<String> words) {
        List<String> names = new ArrayList<>();
        for (String word : requireNonNull(words)) {
            String name = withoutVersion(word.substring(word.lastIndexOf('/') + 1));
            if (name.length() >= MIN_LENGTH && !name.startsWith("-")) {
                names.add(name);
            }
        }
        return new ExpectedCommand(List.copyOf(names));
    }

    /** {@code python3} may well be {@code python3.11}, and {@code python} in the end. */
    private static String withoutVersion(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9' || name.charAt(end - 1) == '.')) {
            end--;
        }
        return end < MIN_LENGTH ? name : name.substring(0, end);
    }

    /** Whether the process of a number looks like it. */
    boolean matches(Libc libc, int pid) {
        String commandLine = commandLine(libc, pid);
        if (commandLine.isEmpty()) {
            return hasMemory(libc, pid);
        }
        if (names.isEmpty()) {
            return true;
        }
        Optional<CString> program = FilePath.linkTarget(libc, CString.of("/proc/" + pid + "/exe"));
        String file = program.isEmpty() ? "" : program.get().toString();
        String fileName = file.substring(file.lastIndexOf('/') + 1);
        for (String name : names) {
            if (commandLine.contains(name) || fileName.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Threads of the kernel have none. In the middle of an exec a process has its new memory, and the words are not in
     * there yet.
     */
    private static boolean hasMemory(Libc libc, int pid) {
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/" + pid + "/status");
        return status.isPresent() && status.get().field("VmSize").isPresent();
    }

    /**
     * Its words with blanks between; empty for a thread of the kernel. Where the first thread has ended before others, the
     * memory that has the words is theirs alone.
     */
    static String commandLine(Libc libc, int pid) {
        String words = words(libc, "/proc/" + pid + "/cmdline");
        String[] threads = words.isEmpty() ? new File("/proc/" + pid + "/task").list() : null;
        for (int i = 0; threads != null && i < threads.length && words.isEmpty(); i++) {
            words = words(libc, "/proc/" + pid + "/task/" + threads[i] + "/cmdline");
        }
        return words;
    }

    private static String words(Libc libc, String path) {
        try {
            Optional<String> words = ProcFile.readText(libc, path);
            return words.isEmpty() ? "" : words.get().replace('\0', ' ').trim();
        } catch (LinuxException refused) {
            if (refused.errno() == Errno.EACCES || refused.errno() == Errno.EPERM) {
                return "";
            }
            throw refused;
        }
    }
}
