package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.util.Locale;

/** The system calls that are made by number: by a {@link SpawnTape}, and where the C library has no function. */
enum SystemCall {
    OPENAT,
    WRITE,
    CLOSE,
    DUP3,
    IOCTL,
    GETPID,
    GETPPID,
    SETSID,
    SETPGID,
    PRCTL,
    CAPGET,
    CAPSET,
    PRLIMIT64,
    SETPRIORITY,
    UMASK,
    SETGROUPS,
    SETRESGID,
    SETRESUID,
    CHDIR,
    SCHED_SETAFFINITY,
    SET_MEMPOLICY,
    CLOSE_RANGE,
    RT_SIGACTION,
    RT_SIGPROCMASK,
    EXECVE,
    ;

    /** The number on this processor. */
    long number() {
        return Numbers.HERE[ordinal()];
    }

    int number(Architecture architecture) {
        return architecture == Architecture.X86_64 ? onX86() : onAarch64();
    }

    private int onX86() {
        return switch (this) {
            case OPENAT -> Linux.SYS_openat();
            case WRITE -> Linux.SYS_write();
            case CLOSE -> Linux.SYS_close();
            case DUP3 -> Linux.SYS_dup3();
            case IOCTL -> Linux.SYS_ioctl();
            case GETPID -> Linux.SYS_getpid();
            case GETPPID -> Linux.SYS_getppid();
            case SETSID -> Linux.SYS_setsid();
            case SETPGID -> Linux.SYS_setpgid();
            case PRCTL -> Linux.SYS_prctl();
            case CAPGET -> Linux.SYS_capget();
            case CAPSET -> Linux.SYS_capset();
            case PRLIMIT64 -> Linux.SYS_prlimit64();
            case SETPRIORITY -> Linux.SYS_setpriority();
            case UMASK -> Linux.SYS_umask();
            case SETGROUPS -> Linux.SYS_setgroups();
            case SETRESGID -> Linux.SYS_setresgid();
            case SETRESUID -> Linux.SYS_setresuid();
            case CHDIR -> Linux.SYS_chdir();
            case SCHED_SETAFFINITY -> Linux.SYS_sched_setaffinity();
            case SET_MEMPOLICY -> Linux.SYS_set_mempolicy();
            case CLOSE_RANGE -> Linux.SYS_close_range();
            case RT_SIGACTION -> Linux.SYS_rt_sigaction();
            case RT_SIGPROCMASK -> Linux.SYS_rt_sigprocmask();
            case EXECVE -> Linux.SYS_execve();
        };
    }

    private int onAarch64() {
        return switch (this) {
            case OPENAT -> dev.gatun.ffm.aarch64.Linux.SYS_openat();
            case WRITE -> dev.gatun.ffm.aarch64.Linux.SYS_write();
            case CLOSE -> dev.gatun.ffm.aarch64.Linux.SYS_close();
            case DUP3 -> dev.gatun.ffm.aarch64.Linux.SYS_dup3();
            case IOCTL -> dev.gatun.ffm.aarch64.Linux.SYS_ioctl();
            case GETPID -> dev.gatun.ffm.aarch64.Linux.SYS_getpid();
            case GETPPID -> dev.gatun.ffm.aarch64.Linux.SYS_getppid();
            case SETSID -> dev.gatun.ffm.aarch64.Linux.SYS_setsid();
            case SETPGID -> dev.gatun.ffm.aarch64.Linux.SYS_setpgid();
            case PRCTL -> dev.gatun.ffm.aarch64.Linux.SYS_prctl();
            case CAPGET -> dev.gatun.ffm.aarch64.Linux.SYS_capget();
            case CAPSET -> dev.gatun.ffm.aarch64.Linux.SYS_capset();
            case PRLIMIT64 -> dev.gatun.ffm.aarch64.Linux.SYS_prlimit64();
            case SETPRIORITY -> dev.gatun.ffm.aarch64.Linux.SYS_setpriority();
            case UMASK -> dev.gatun.ffm.aarch64.Linux.SYS_umask();
            case SETGROUPS -> dev.gatun.ffm.aarch64.Linux.SYS_setgroups();
            case SETRESGID -> dev.gatun.ffm.aarch64.Linux.SYS_setresgid();
            case SETRESUID -> dev.gatun.ffm.aarch64.Linux.SYS_setresuid();
            case CHDIR -> dev.gatun.ffm.aarch64.Linux.SYS_chdir();
            case SCHED_SETAFFINITY -> dev.gatun.ffm.aarch64.Linux.SYS_sched_setaffinity();
            case SET_MEMPOLICY -> dev.gatun.ffm.aarch64.Linux.SYS_set_mempolicy();
            case CLOSE_RANGE -> Linux.SYS_close_range();
            case RT_SIGACTION -> dev.gatun.ffm.aarch64.Linux.SYS_rt_sigaction();
            case RT_SIGPROCMASK -> dev.gatun.ffm.aarch64.Linux.SYS_rt_sigprocmask();
            case EXECVE -> dev.gatun.ffm.aarch64.Linux.SYS_execve();
        };
    }

    /** The name as man pages write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Looked up once: a tape asks for some eighty. */
    private static final class Numbers {

        static final long[] HERE = here();

        private static long[] here() {
            SystemCall[] calls = values();
            long[] numbers = new long[calls.length];
            for (SystemCall call : calls) {
                numbers[call.ordinal()] = call.number(Architecture.current());
            }
            return numbers;
        }
    }
}
