package dev.gatun.linux;

import dev.gatun.ffm.tm;
import java.lang.foreign.Arena;

/**
 * What local time is, by the C library (localtime(3)): by {@code TZ}, or by {@code /etc/localtime}, which in a container
 * can be any file and need not have a name that the JDK knows. And the JDK's zone rules take 16 to 26 ms at their first
 * use. For one thread at a time.
 */
public final class LocalTime {

    /** {@code tm_gmtoff}, east of Greenwich; POSIX has it since 2024. */
    static final long OFFSET_OFFSET = tm.tm_gmtoff$offset();

    private final Libc libc;
    private final NativeMemory moment = NativeMemory.allocate(Arena.ofAuto(), Long.BYTES);
    private final NativeMemory broken = NativeMemory.allocate(Arena.ofAuto(), tm.sizeof());

    public LocalTime(Libc libc) {
        this.libc = libc;
    }

    /** How far local time is ahead of UTC at a moment; 0 for one whose year the C library cannot express. */
    public int offsetSeconds(long epochSecond) {
        moment.putLong(0, epochSecond);
        return libc.localtime_r(moment.segment(), broken.segment()) < 0 ? 0 : (int) broken.getLong(OFFSET_OFFSET);
    }
}
