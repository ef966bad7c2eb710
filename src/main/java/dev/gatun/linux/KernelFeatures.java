package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * Tries what a launcher needs of the kernel. By use and not by version: a seccomp profile or a security module can take
 * away what the kernel has, and distributions add what it had not. Each method returns when the feature works, and leaves
 * nothing behind.
 */
public final class KernelFeatures {

    private static final int PAGE_BYTES = 4096;
    private static final int SIGINFO_BYTES = 128;

    /** Above all descriptors there can be. */
    private static final int NO_DESCRIPTOR = Integer.MAX_VALUE - 1;

    private final Libc libc;

    public KernelFeatures(Libc libc) {
        this.libc = libc;
    }

    private PidFd ourselves() {
        int pid = (int) libc.getpid();
        return PidFd.open(libc, pid).orElseThrow(() -> new LinuxException("pidfd_open", Errno.ESRCH, "own pid " + pid));
    }

    /**
     * A pidfd for a process that runs.
     *
     * @throws LinuxException when it does not work, as all methods here
     */
    public void pidfdOpen() {
        ourselves().close();
    }

    /** A signal to a pidfd; signal 0 asks and does nothing. */
    public void pidfdSendSignal() {
        try (PidFd self = ourselves()) {
            LinuxException.check(libc.pidfd_send_signal(self.number(), 0), "pidfd_send_signal", "own pidfd, 0");
        }
    }

    /** Waiting for one pidfd. We are no child of ours, and to be told just that takes a kernel that knows P_PIDFD. */
    public void waitByPidfd() {
        try (PidFd self = ourselves();
                Arena arena = Arena.ofConfined()) {
            NativeMemory info = NativeMemory.allocate(arena, SIGINFO_BYTES);
            long result =
                    libc.waitid(Linux.P_PIDFD(), self.number(), info.segment(), Linux.WEXITED() | Linux.WNOHANG());
            if (result != -Errno.ECHILD) {
                LinuxException.check(result, "waitid", "P_PIDFD");
            }
        }
    }

    /** {@code close_range} that does not close at once but when a program is executed. */
    public void closeRangeAtExec() {
        long result = libc.close_range(NO_DESCRIPTOR, -1, Linux.CLOSE_RANGE_CLOEXEC());
        LinuxException.check(result, "close_range", "CLOSE_RANGE_CLOEXEC");
    }

    /** Being a child subreaper; what was set before is set again. */
    public void childSubreaper() {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory before = NativeMemory.allocate(arena, Integer.BYTES);
            long result = libc.prctl(Linux.PR_GET_CHILD_SUBREAPER(), before.address(), 0, 0, 0);
            LinuxException.check(result, "prctl", "PR_GET_CHILD_SUBREAPER");
            new ProcessControl(libc).becomeSubreaper();
            libc.prctl(Linux.PR_SET_CHILD_SUBREAPER(), before.getInt(0), 0, 0, 0);
        }
    }

    /** The descriptors the loop is made of. */
    public void eventDescriptors() {
        try (Epoll epoll = Epoll.open(libc);
                SignalFd signals = SignalFd.open(libc, SignalSet.of(Signal.CHLD));
                TimerFd timer = TimerFd.open(libc);
                EventFd wakeUp = EventFd.open(libc);
                PidFd self = ourselves()) {
            epoll.add(signals, Epoll.READABLE, 1);
            epoll.add(timer, Epoll.READABLE, 2);
            epoll.add(wakeUp, Epoll.READABLE, 3);
            epoll.add(self, Epoll.READABLE, 4);
        }
    }

    /** Memory that was written and is then made executable: the spawn stub lives in such a page. */
    public void executableMemory() {
        int flags = Linux.MAP_PRIVATE() | Linux.MAP_ANONYMOUS();
        int writable = Linux.PROT_READ() | Linux.PROT_WRITE();
        long page = LinuxException.check(libc.mmap(0, PAGE_BYTES, writable, flags, -1, 0), "mmap", PAGE_BYTES);
        long result = libc.mprotect(page, PAGE_BYTES, Linux.PROT_READ() | Linux.PROT_EXEC());
        libc.munmap(page, PAGE_BYTES);
        LinuxException.check(result, "mprotect", "PROT_READ|PROT_EXEC");
    }
}
