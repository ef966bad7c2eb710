package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Libc;
import java.util.Optional;
import java.util.OptionalLong;

/** How long a process has been there, by {@code /proc/uptime} (proc_uptime(5)) and its start in clock ticks. */
public final class ProcessAge {

    private ProcessAge() {}

    /**
     * The age of a process.
     *
     * @param startTicks as in {@link ProcStat#startTicks}
     * @return empty when it cannot be told: without {@code /proc/uptime}, or where that counts from the start of a
     *     container (LXCFS) while ticks go on counting from that of the machine
     */
    public static OptionalLong millis(Libc libc, long startTicks) {
        Optional<String> uptime = ProcFile.readText(libc, "/proc/uptime");
        long ticksPerSecond = libc.sysconf(Linux._SC_CLK_TCK());
        if (uptime.isEmpty() || ticksPerSecond <= 0) {
            return OptionalLong.empty();
        }
        long age = millis(uptime.get()) - startTicks * 1000 / ticksPerSecond;
        // Uptime is cut off to hundredths of a second, and so are ticks.
        return age < -20 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, age));
    }

    /** Of {@code 350735.47 234388.90}. */
    static long millis(String uptime) {
        String seconds = uptime.substring(0, uptime.indexOf(' '));
        return (long) (Double.parseDouble(seconds) * 1000);
    }
}
