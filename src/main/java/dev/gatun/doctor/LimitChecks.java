package dev.gatun.doctor;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Rlimit;
import java.util.Locale;

/** The resource limits that we have, and that children inherit. */
final class LimitChecks extends Checks {

    /** Each child takes one descriptor here, and the loop and the JVM a few dozen. */
    private static final long FEW_DESCRIPTORS = 256;

    private final Libc libc;

    LimitChecks(Libc libc) {
        this.libc = libc;
    }

    @Override
    String heading() {
        return "limits";
    }

    @Override
    void run() {
        check("nofile", this::descriptors);
        check("nproc", () -> limit(Rlimit.Resource.NPROC, "threads of this user, on the whole machine"));
        check("core", this::core);
        check("memlock", () -> limit(Rlimit.Resource.MEMLOCK, "bytes that may be locked in memory"));
    }

    private Finding descriptors() {
        Rlimit limit = Rlimit.current(libc, Rlimit.Resource.NOFILE);
        return limit.soft() != Rlimit.UNLIMITED && limit.soft() < FEW_DESCRIPTORS
                ? Finding.warning("nofile", text(limit),
                        "few descriptors: the JVM takes some dozens, each child another")
                : Finding.ok("nofile", text(limit), "open descriptors of one process");
    }

    private Finding core() {
        Rlimit limit = Rlimit.current(libc, Rlimit.Resource.CORE);
        return Finding.ok(
                "core",
                text(limit),
                limit.soft() == 0 ? "a child that crashes leaves no core file"
                        : "bytes of a core file that a crash may leave");
    }

    private Finding limit(Rlimit.Resource resource, String meaning) {
        return Finding.ok(resource.name().toLowerCase(Locale.ROOT), text(Rlimit.current(libc, resource)), meaning);
    }

    private static String text(Rlimit limit) {
        String soft = Rlimit.text(limit.soft());
        return limit.soft() == limit.hard() ? soft : soft + ", up to " + Rlimit.text(limit.hard());
    }
}
