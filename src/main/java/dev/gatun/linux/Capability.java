package dev.gatun.linux;

import java.util.Locale;
import java.util.Optional;

/** The capabilities of Linux in the order of their numbers (capabilities(7)). */
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    /** The number; the kernel's is the order of this enum. */
    public int number() {
        return ordinal();
    }

    /** Reads {@code net_admin} or {@code CAP_NET_ADMIN}, in any case. */
    public static Optional<Capability> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        String shortName = name.startsWith("CAP_") ? name.substring(4) : name;
        for (Capability capability : values()) {
            if (capability.name().equals(shortName)) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "CAP_" + name();
    }
}
