package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.linux.proc.ProcStatus;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a JVM comes to own its signals.
 *
 * <p>A signalfd gets only what every thread of the process has blocked. A thread inherits its mask from the one that
 * made it, nothing can change another thread's, and HotSpot starts a dozen before {@code main}, in each of which it lets
 * HUP, INT and TERM in again unless it was told {@code -Xrs}. So the very first thread must have the mask before the JVM
 * exists: the start script sees to it ({@code env --block-signal}), and where that is not to be had, {@link
 * #takeByRestart} replaces the process by itself, with the mask and with {@code -Xrs}. In either case {@link
 * #unblockedAnywhere} tells whether it is true, thread by thread.
 */
public final class SignalOwnership {

    /** Set for the one restart, so that a JVM that comes out of it without the mask does not try for ever. */
    private static final String RESTARTED = "GATUN_RESTARTED";

    /** System property that names the environment variables which the restart added; children must not get them. */
    public static final String ADDED_ENVIRONMENT = "gatun.restart.env";

    /** HotSpot suspends threads by SIGUSR2. This moves it to a signal that nobody sends (SIGSTKFLT). */
    private static final String SUSPEND_SIGNAL = "_JAVA_SR_SIGNUM=16";

    /**
     * Signals that are the JVM's: faults, the aborts it makes of them, SIGPROF of its profilers, SIGPIPE and SIGXFSZ,
     * which it turns into exceptions, SIGSTKFLT (see above); besides, what cannot be blocked at all, and the two that
     * belong to the C library.
     */
    private static final int[] OF_THE_JVM = {4, 5, 6, 7, 8, 9, 11, 13, 16, 19, 25, 27, 31, 32, 33};

    /** All that a launcher can receive and forward. */
    public static final SignalSet FORWARDABLE = forwardable();

    private final Libc libc;

    public SignalOwnership(Libc libc) {
        this.libc = libc;
    }

    private static SignalSet forwardable() {
        SignalSet signals = new SignalSet(-1);
        for (int signal : OF_THE_JVM) {
            signals = signals.minus(signal);
        }
        return signals;
    }

    /**
     * Sees to it that all forwardable signals wait for a signalfd, by a restart of this JVM if need be.
     *
     * @return why signals would be lost; empty where none would
     */
    public Optional<String> take() {
        // Our caller may ignore SIGCHLD, and we inherit that: the kernel would then wait for our children in our place,
        // and nobody would ever learn their exit codes.
        Signal.CHLD.restoreDefault(libc);
        SignalSet unblocked = unblockedAnywhere();
        if (unblocked.isEmpty()) {
            return Optional.empty();
        }
        String problem = isTaken() ? "" : takeByRestart();
        return Optional.of("signals would be lost: not blocked in every thread of this JVM are " + unblocked
                + (problem.isEmpty() ? "; start it with -Xrs, by bin/gatun" : "; " + problem));
    }

    /** Whether the main thread had the mask from the start, so that all others may have inherited it. */
    public boolean isTaken() {
        // The first thread of a JVM is the launcher's, which waits for the rest and changes nothing.
        Optional<ProcStatus> first = ProcStatus.read(libc, "/proc/self/status");
        return first.isPresent()
                && FORWARDABLE.without(first.get().blocked()).isEmpty();
    }

    /**
     * Replaces this process by the same JVM with the same command line, all forwardable signals blocked. Pid, parent,
     * cgroup, streams and inherited descriptors stay. Returns only when that fails or has been tried before.
     *
     * @return why it came to nothing
     */
    public String takeByRestart() {
        if (System.getenv(RESTARTED) != null) {
            return "the JVM was restarted with its signals blocked, and has let them in again";
        }
        Optional<byte[]> commandLine = ProcFile.read(libc, "/proc/self/cmdline");
        Optional<byte[]> environment = ProcFile.read(libc, "/proc/self/environ");
        if (commandLine.isEmpty() || environment.isEmpty()) {
            return "/proc is not mounted";
        }
        List<CString> newEnvironment = new ArrayList<>(CString.split(environment.get()));
        newEnvironment.addAll(CString.listOf(SUSPEND_SIGNAL, RESTARTED + "=1"));
        List<CString> arguments = new ArrayList<>(CString.split(commandLine.get()));
        arguments.addAll(1, CString.listOf("-Xrs", "-D" + ADDED_ENVIRONMENT + "=_JAVA_SR_SIGNUM," + RESTARTED));
        int[] inherited = DescriptorTable.inherited(libc);
        arguments.add(1, CString.of("-D" + DescriptorTable.INHERITED + "=" + DescriptorTable.format(inherited)));
        FORWARDABLE.block(libc);
        libc.close_range(3, -1, Linux.CLOSE_RANGE_CLOEXEC());
        for (int descriptor : inherited) {
            libc.fcntl(descriptor, Linux.F_SETFD(), 0);
        }
        try (Arena arena = Arena.ofConfined()) {
            // Not /proc/self/exe itself: the new process would be called "exe".
            CString java = CString.of(new File("/proc/self/exe").toPath().toRealPath().toString());
            long result = libc.execve(
                    java.allocate(arena),
                    CString.allocateArray(arena, arguments),
                    CString.allocateArray(arena, newEnvironment));
            return new LinuxException("execve", (int) -result, java.toString()).getMessage();
        } catch (IOException unreadable) {
            return "/proc/self/exe: " + unreadable.getMessage();
        }
    }

    /** Forwardable signals that some thread of this process has not blocked; empty when all is as it must be. */
    public SignalSet unblockedAnywhere() {
        SignalSet missing = SignalSet.NONE;
        String[] threads = new File("/proc/self/task").list();
        for (String thread : threads == null ? new String[0] : threads) {
            Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/self/task/" + thread + "/status");
            if (status.isPresent()) {
                missing = missing.union(FORWARDABLE.without(status.get().blocked()));
            }
        }
        return missing;
    }
}
