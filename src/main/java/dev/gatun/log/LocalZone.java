package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import java.util.Optional;

/**
 * What local time is, found as tzset(3) finds it: the variable {@code TZ} names a file below {@code /usr/share/zoneinfo}
 * or is a rule by itself, and without it there is {@code /etc/localtime}.
 *
 * <p>Not by {@code java.time}: its first {@code ZonedDateTime} reads all zones of the world, 16 to 26 ms at start with
 * our flags and an AOT cache ({@code java.util.TimeZone}: 5 ms; this: less than one). And a container that mounts a
 * plain file over {@code /etc/localtime} has no name that the JDK could look up. Immutable.
 */
public final class LocalZone {

    private static final String ZONES = "/usr/share/zoneinfo/";

    /** UTC, which is also what the C library takes where it finds nothing. */
    public static final LocalZone UTC = new LocalZone(new long[0], new int[0], PosixZone.UTC);

    /** Seconds since the epoch at which another offset begins, ascending. */
    private final long[] transitions;

    /** The offset before the first transition, then the one from each on. */
    private final int[] offsets;

    /** What holds from the last transition on. */
    private final PosixZone afterwards;

    LocalZone(long[] transitions, int[] offsets, PosixZone afterwards) {
        this.transitions = transitions;
        this.offsets = offsets;
        this.afterwards = afterwards;
    }

    /** The zone of this process. */
    public static LocalZone ofSystem(Libc libc) {
        return of(libc, Optional.ofNullable(System.getenv("TZ")));
    }

    /**
     * The zone that a value of {@code TZ} means.
     *
     * @param variable empty where it is not set, which is not the same as an empty value (UTC)
     */
    public static LocalZone of(Libc libc, Optional<String> variable) {
        requireNonNull(libc);
        if (variable.isEmpty()) {
            return read(libc, "/etc/localtime").orElse(UTC);
        }
        String value = variable.get();
        String name = value.startsWith(":") ? value.substring(1) : value;
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return UTC;
        }
        Optional<LocalZone> ofFile = read(libc, name.startsWith("/") ? name : ZONES + name);
        if (ofFile.isPresent()) {
            return ofFile.get();
        }
        Optional<PosixZone> rule = PosixZone.parse(name);
        return rule.isPresent() ? new LocalZone(new long[0], new int[0], rule.get()) : UTC;
    }

    private static Optional<LocalZone> read(Libc libc, String path) {
        try {
            Optional<byte[]> content = ProcFile.read(libc, path);
            return content.isEmpty() ? Optional.empty() : ZoneFile.parse(content.get());
        } catch (LinuxException unreadable) {
            // A folder ("Europe") or one that we may not read: as good as none, and no reason to log nothing.
            return Optional.empty();
        }
    }

    /** How far local time is ahead of UTC, in seconds. */
    public int offsetSeconds(long epochSecond) {
        int count = transitions.length;
        if (count == 0 || epochSecond >= transitions[count - 1]) {
            return afterwards.offsetSeconds(epochSecond);
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (transitions[middle] <= epochSecond) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return offsets[low];
    }
}
