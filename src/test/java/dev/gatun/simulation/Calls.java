package dev.gatun.simulation;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Architecture;

/** The system calls of a tape whose effect the simulation knows; all others succeed and do nothing. */
enum Calls {
    OPENAT(Linux.SYS_openat(), dev.gatun.ffm.aarch64.Linux.SYS_openat()),
    WRITE(Linux.SYS_write(), dev.gatun.ffm.aarch64.Linux.SYS_write()),
    DUP3(Linux.SYS_dup3(), dev.gatun.ffm.aarch64.Linux.SYS_dup3()),
    GETPID(Linux.SYS_getpid(), dev.gatun.ffm.aarch64.Linux.SYS_getpid()),
    GETPPID(Linux.SYS_getppid(), dev.gatun.ffm.aarch64.Linux.SYS_getppid()),
    SETSID(Linux.SYS_setsid(), dev.gatun.ffm.aarch64.Linux.SYS_setsid()),
    SETPGID(Linux.SYS_setpgid(), dev.gatun.ffm.aarch64.Linux.SYS_setpgid()),
    RT_SIGPROCMASK(Linux.SYS_rt_sigprocmask(), dev.gatun.ffm.aarch64.Linux.SYS_rt_sigprocmask()),
    EXECVE(Linux.SYS_execve(), dev.gatun.ffm.aarch64.Linux.SYS_execve()),
    OTHER(-1, -1);

    private final long number;

    Calls(int onX86, int onAarch64) {
        number = Architecture.current() == Architecture.X86_64 ? onX86 : onAarch64;
    }

    static Calls of(long number) {
        for (Calls call : values()) {
            if (call.number == number) {
                return call;
            }
        }
        return OTHER;
    }
}
