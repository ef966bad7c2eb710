package dev.gatun.linux;

/**
 * A system call that failed, with the text that users see: {@code setrlimit(RLIMIT_NOFILE, 65536): EPERM (Operation not
 * permitted)}.
 */
public final class LinuxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    /**
     * @param call name of the system call
     * @param errno the error number, positive
     * @param argument what the call was given, as a reader of the message would write it; may be empty
     */
    public LinuxException(String call, int errno, String argument) {
        super(call + "(" + argument + "): " + Errno.describe(errno));
        this.call = call;
        this.errno = errno;
    }

    public String call() {
        return call;
    }

    public int errno() {
        return errno;
    }

    /** Passes a result through, or throws where it is {@code -errno}. */
    static long check(long result, String call, Object argument) {
        if (result < 0) {
            throw new LinuxException(call, (int) -result, String.valueOf(argument));
        }
        return result;
    }
}
