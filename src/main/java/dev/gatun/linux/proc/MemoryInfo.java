package dev.gatun.linux.proc;

import dev.gatun.linux.Libc;
import java.util.OptionalLong;

/** The memory of the machine, from {@code /proc/meminfo} (proc_meminfo(5)). */
public final class MemoryInfo {

    public static final String FILE = "/proc/meminfo";

    private static final String TOTAL = "MemTotal:";
    private static final long BYTES_PER_KIB = 1024;

    private MemoryInfo() {}

    /**
     * How much memory the kernel manages, in bytes; empty where it cannot be told.
     *
     * @throws dev.gatun.linux.LinuxException when the file is there and cannot be read
     */
    public static OptionalLong totalBytes(Libc libc) {
        return parse(ProcFile.readText(libc, FILE).orElse(""));
    }

    /** A line is {@code MemTotal:       16384 kB}, and means 1024 by k. */
    static OptionalLong parse(String text) {
        int key = text.startsWith(TOTAL) ? 0 : text.indexOf("\n" + TOTAL) + 1;
        if (key == 0 && !text.startsWith(TOTAL)) {
            return OptionalLong.empty();
        }
        int end = text.indexOf(" kB", key);
        if (end < 0) {
            return OptionalLong.empty();
        }
        try {
            long kib = Long.parseLong(text.substring(key + TOTAL.length(), end).trim());
            return OptionalLong.of(Math.multiplyExact(kib, BYTES_PER_KIB));
        } catch (NumberFormatException | ArithmeticException strange) {
            return OptionalLong.empty();
        }
    }
}
