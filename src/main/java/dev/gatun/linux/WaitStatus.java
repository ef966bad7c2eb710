package dev.gatun.linux;

/**
 * How a child changed its state, as {@code wait4(2)} tells it. The macros of {@code <sys/wait.h>} are not in the
 * generated bindings, so their arithmetic is here.
 *
 * @param raw the status word
 */
public record WaitStatus(int raw) {

    private static final int CONTINUED = 0xffff;
    private static final int CORE_FLAG = 0x80;

    public boolean exited() {
        return (raw & 0x7f) == 0;
    }

    public boolean signalled() {
        return !exited() && !stopped() && !continued();
    }

    public boolean stopped() {
        return (raw & 0xff) == 0x7f;
    }

    public boolean continued() {
        return raw == CONTINUED;
    }

    /** Whether the process is gone, rather than stopped or continued. */
    public boolean ended() {
        return exited() || signalled();
    }

    /** The exit code; of no meaning unless {@link #exited()}. */
    public int exitCode() {
        return raw >> 8 & 0xff;
    }

    /** The signal that ended or stopped the process. */
    public int signal() {
        return stopped() ? raw >> 8 & 0xff : raw & 0x7f;
    }

    public boolean dumpedCore() {
        return signalled() && (raw & CORE_FLAG) != 0;
    }

    @Override
    public String toString() {
        if (continued()) {
            return "continued";
        }
        if (exited()) {
            return "exited with " + exitCode();
        }
        String how = stopped() ? "stopped by " : "ended by ";
        return how + Signal.name(signal()) + (dumpedCore() ? " (core dumped)" : "");
    }
}
