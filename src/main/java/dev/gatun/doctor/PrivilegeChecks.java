package dev.gatun.doctor;

import dev.gatun.linux.Capability;
import dev.gatun.linux.Libc;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.proc.ProcStatus;
import java.util.ArrayList;
import java.util.List;

/** What we may do, and what the child could be allowed. */
final class PrivilegeChecks extends Checks {

    private final Libc libc;

    PrivilegeChecks(Libc libc) {
        this.libc = libc;
    }

    @Override
    String heading() {
        return "privileges";
    }

    @Override
    void run() {
        check("user", this::user);
        check("capabilities", this::effective);
        check("bounding_set", this::bounding);
        check("no_new_privs", this::noNewPrivileges);
        check("seccomp", this::seccomp);
    }

    private Finding user() {
        long uid = libc.geteuid();
        return Finding.ok(
                "user",
                "uid " + uid + ", gid " + libc.getegid(),
                uid == 0 ? "--user runs the child as somebody else" : "the child runs as the same user");
    }

    private Finding effective() {
        List<Capability> held = capabilities("CapEff");
        return Finding.ok(
                "capabilities",
                text(held),
                held.contains(Capability.SETUID) && held.contains(Capability.SYS_RESOURCE)
                        ? "they suffice for --user, and for --rlimit above the hard limit"
                        : "some options need more: --user SETUID and SETGID, --cap-drop SETPCAP, higher limits SYS_RESOURCE");
    }

    private Finding bounding() {
        return Finding.ok("bounding_set", text(capabilities("CapBnd")), "no program started from here can gain others");
    }

    private List<Capability> capabilities(String field) {
        String bits = statusField(field);
        long set = Long.parseUnsignedLong(bits, 16);
        List<Capability> held = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if ((set & 1L << capability.number()) != 0) {
                held.add(capability);
            }
        }
        return held;
    }

    /** Whichever list is the shorter one: what there is, or what is missing from all. */
    static String text(List<Capability> held) {
        List<Capability> lacking = new ArrayList<>(List.of(Capability.values()));
        lacking.removeAll(held);
        if (held.isEmpty()) {
            return "none";
        }
        if (lacking.isEmpty()) {
            return "all";
        }
        return lacking.size() < held.size() ? "all but " + names(lacking) : names(held);
    }

    private static String names(List<Capability> capabilities) {
        return String.join(" ", capabilities.stream().map(Capability::name).toList());
    }

    private Finding noNewPrivileges() {
        return statusField("NoNewPrivs").equals("1")
                ? Finding.ok("no_new_privs", "set",
                        "set-uid programs like sudo run without their privileges below Gatun")
                : Finding.ok("no_new_privs", "not set",
                        "set-uid programs work below Gatun, unless --no-new-privs is given");
    }

    private Finding seccomp() {
        return switch (new ProcessControl(libc).seccompMode()) {
            case 0 -> Finding.ok("seccomp", "off", "no system call is filtered");
            case 1 -> Finding.warning("seccomp", "strict", "hardly any system call is allowed");
            default -> Finding.ok("seccomp", "filter", "system calls are filtered; what Gatun needs is tried above");
        };
    }

    private String statusField(String field) {
        return ProcStatus.read(libc, "/proc/self/status")
                .flatMap(status -> status.field(field))
                .orElseThrow(() -> new IllegalStateException("/proc/self/status has no " + field));
    }
}
