package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcStatus;
import java.util.Optional;

/** Our own memory, as far as it is taken from what the service can have. */
final class OwnMemory {

    private OwnMemory() {}

    /**
     * What of it the kernel cannot take back when memory gets short: anonymous and shared pages. Two thirds of what a
     * JVM holds are pages of its files (libjvm, the AOT cache), which the kernel drops first.
     */
    static long unreclaimable(Libc libc) {
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/self/status");
        return status.isEmpty() ? 0 : bytes(status.get(), "RssAnon") + bytes(status.get(), "RssShmem");
    }

    /** A field such as {@code 12472 kB}; kernels before 4.5 do not have them. */
    private static long bytes(ProcStatus status, String field) {
        String text = status.field(field).orElse("0 kB");
        int blank = text.indexOf(' ');
        return Long.parseLong(blank < 0 ? text : text.substring(0, blank)) * 1024;
    }
}
