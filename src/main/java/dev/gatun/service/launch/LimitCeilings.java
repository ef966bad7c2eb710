package dev.gatun.service.launch;

import dev.gatun.linux.Capability;
import dev.gatun.linux.CapabilitySets;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.proc.ProcFile;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * How high we may set resource limits.
 *
 * @param openFiles our hard limit, {@link Rlimit#UNLIMITED} for none
 * @param processes our hard limit
 * @param mayRaise whether we may go above our hard limits
 * @param mostOpenFiles what nobody may exceed ({@code fs.nr_open})
 */
public record LimitCeilings(long openFiles, long processes, boolean mayRaise, long mostOpenFiles) {

    /** Those of this process. */
    public static LimitCeilings read(Libc libc) {
        return new LimitCeilings(
                Rlimit.current(libc, Rlimit.Resource.NOFILE).hard(),
                Rlimit.current(libc, Rlimit.Resource.NPROC).hard(),
                CapabilitySets.current(libc).isEffective(Capability.SYS_RESOURCE) && isInFirstUserNamespace(libc),
                number(text(libc, "/proc/sys/fs/nr_open")));
    }

    /**
     * setrlimit(2) asks for the capability in the first user namespace: root of a rootless container has it in its own,
     * where it is good for nothing. Only the first one maps all ids to themselves, as far as anybody can tell from inside.
     */
    private static boolean isInFirstUserNamespace(Libc libc) {
        StringTokenizer map = new StringTokenizer(text(libc, "/proc/self/uid_map"));
        return map.countTokens() == 0
                || map.countTokens() == 3
                        && map.nextToken().equals("0")
                        && map.nextToken().equals("0")
                        && map.nextToken().equals("4294967295");
    }

    private static String text(Libc libc, String file) {
        try {
            Optional<String> text = ProcFile.readText(libc, file);
            return text.isPresent() ? text.get().trim() : "";
        } catch (LinuxException unreadable) {
            return "";
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notThere) {
            return Long.MAX_VALUE;
        }
    }
}
