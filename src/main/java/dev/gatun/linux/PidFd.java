package dev.gatun.linux;

import java.util.Optional;

/**
 * A process, as an identity that is never reused (pidfd_open(2)): readable once it has ended, and the one safe thing to
 * send a signal to.
 */
public final class PidFd extends Fd {

    PidFd(Libc libc, long number) {
        super(libc, number);
    }

    /**
     * Opens a process by its pid. The pid may have gone to somebody else a moment before: compare the start time
     * afterwards, unless it is a child that nobody has waited for.
     *
     * @return empty when there is no such process
     */
    public static Optional<PidFd> open(Libc libc, int pid) {
        long number = libc.pidfd_open(pid, 0);
        if (number == -Errno.ESRCH) {
            return Optional.empty();
        }
        return Optional.of(new PidFd(libc, LinuxException.check(number, "pidfd_open", pid)));
    }

    /**
     * Sends a signal.
     *
     * @return whether the process was still there to get it
     * @throws LinuxException when it may not be sent (EPERM)
     */
    public boolean send(int signal) {
        long result = libc.pidfd_send_signal(number(), signal);
        if (result == -Errno.ESRCH) {
            return false;
        }
        LinuxException.check(result, "pidfd_send_signal", Signal.name(signal));
        return true;
    }
}
