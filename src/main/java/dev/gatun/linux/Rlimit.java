package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Optional;

/**
 * A resource limit (setrlimit(2)).
 *
 * @param resource what is limited
 * @param soft the limit in force, in the resource's unit; {@link #UNLIMITED} for none
 * @param hard how far the process may raise the soft limit by itself
 */
public record Rlimit(Resource resource, long soft, long hard) {

    /** {@code RLIM_INFINITY}. */
    public static final long UNLIMITED = -1;

    /** The limited resources, with the names of {@code RLIMIT_} constants. */
    public enum Resource {
        CPU(Linux.RLIMIT_CPU()),
        FSIZE(Linux.RLIMIT_FSIZE()),
        DATA(Linux.RLIMIT_DATA()),
        STACK(Linux.RLIMIT_STACK()),
        CORE(Linux.RLIMIT_CORE()),
        RSS(Linux.RLIMIT_RSS()),
        NPROC(Linux.RLIMIT_NPROC()),
        NOFILE(Linux.RLIMIT_NOFILE()),
        MEMLOCK(Linux.RLIMIT_MEMLOCK()),
        AS(Linux.RLIMIT_AS()),
        LOCKS(Linux.RLIMIT_LOCKS()),
        SIGPENDING(Linux.RLIMIT_SIGPENDING()),
        MSGQUEUE(Linux.RLIMIT_MSGQUEUE()),
        NICE(Linux.RLIMIT_NICE()),
        RTPRIO(Linux.RLIMIT_RTPRIO()),
        RTTIME(Linux.RLIMIT_RTTIME());

        private final int number;

        Resource(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }

        /** Reads a name such as {@code nofile} or {@code RLIMIT_NOFILE}. */
        public static Optional<Resource> parse(String text) {
            String name = text.toUpperCase(Locale.ROOT);
            String shortName = name.startsWith("RLIMIT_") ? name.substring(7) : name;
            for (Resource resource : values()) {
                if (resource.name().equals(shortName)) {
                    return Optional.of(resource);
                }
            }
            return Optional.empty();
        }
    }

    public Rlimit {
        if (hard != UNLIMITED && (soft == UNLIMITED || soft > hard)) {
            throw new IllegalArgumentException(
                    "rlimit " + resource.name().toLowerCase(Locale.ROOT) + ": the soft limit "
                            + text(soft) + " is above the hard limit " + text(hard));
        }
    }

    /** The limit that this process has. */
    public static Rlimit current(Libc libc, Resource resource) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory pair = NativeMemory.allocate(arena, 2L * Long.BYTES);
            long result = libc.prlimit(0, resource.number(), MemorySegment.NULL, pair.segment());
            LinuxException.check(result, "getrlimit", "RLIMIT_" + resource);
            return new Rlimit(resource, pair.getLong(0), pair.getLong(Long.BYTES));
        }
    }

    /** The limit as text: a number, or {@code unlimited}. */
    public static String text(long limit) {
        return limit == UNLIMITED ? "unlimited" : Long.toString(limit);
    }
}
