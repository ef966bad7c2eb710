package dev.gatun.doctor;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import java.util.ArrayList;
import java.util.List;

/** Looks at this machine, this process and this JVM. It changes nothing, and starts {@code /bin/true} a few times. */
public final class Doctor {

    private final Libc libc;

    public Doctor(Libc libc) {
        this.libc = requireNonNull(libc);
    }

    /** Makes all checks. From a platform thread that lives on, since one of them spawns. */
    public Report examine() {
        List<Checks> all = List.of(
                new KernelChecks(libc),
                new SignalChecks(libc),
                new ProcessChecks(libc),
                new CgroupChecks(libc),
                new LimitChecks(libc),
                new PrivilegeChecks(libc),
                new JavaChecks(libc),
                new SpawnChecks(libc));
        List<Report.Group> groups = new ArrayList<>();
        for (Checks checks : all) {
            groups.add(checks.group());
        }
        return new Report(groups);
    }
}
