package dev.gatun.doctor;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.proc.ProcStatus;
import java.util.Optional;

/** Whose the signals are that this process gets: ours, or the JVM's. */
final class SignalChecks extends Checks {

    /** By default HotSpot suspends its threads with it. */
    private static final Signal SUSPEND = Signal.USR2;

    private final Libc libc;

    SignalChecks(Libc libc) {
        this.libc = libc;
    }

    @Override
    String heading() {
        return "signals";
    }

    @Override
    void run() {
        check("mask", this::mask);
        check("suspend_signal", this::suspendSignal);
        check("ignored", this::ignored);
    }

    private Finding mask() {
        SignalOwnership ownership = new SignalOwnership(libc);
        SignalSet unblocked = ownership.unblockedAnywhere();
        if (unblocked.isEmpty()) {
            return Finding.ok("mask", "blocked in every thread",
                    "every signal comes to the loop and goes on to the child");
        }
        if (!ownership.isTaken()) {
            return Finding.warning(
                    "mask", "not blocked at the start", "gatun run will start itself again with its signals blocked");
        }
        return Finding.warning(
                "mask",
                "let in by some thread: " + unblocked,
                "gatun run would lose these and refuses to start; the JVM needs -Xrs, as bin/gatun gives it");
    }

    private Finding suspendSignal() {
        Optional<SignalSet> caught = status("SigCgt");
        if (caught.isEmpty()) {
            return Finding.warning("suspend_signal", "unknown", "/proc tells nothing about this process");
        }
        return caught.get().contains(SUSPEND.number())
                ? Finding.warning(
                        "suspend_signal",
                        SUSPEND + " is the JVM's",
                        "that signal cannot be forwarded; _JAVA_SR_SIGNUM=16 moves it, as bin/gatun does")
                : Finding.ok("suspend_signal", "moved", SUSPEND + " goes on to the child like any other");
    }

    private Finding ignored() {
        SignalSet ignored = status("SigIgn").orElse(SignalSet.NONE).minus(Signal.PIPE.number());
        return ignored.isEmpty()
                ? Finding.ok("ignored", "none", "whoever started this left all signals as they were")
                : Finding.ok("ignored", ignored.toString(),
                        "whoever started this ignores them; a child ignores HUP alone");
    }

    private Optional<SignalSet> status(String field) {
        return ProcStatus.read(libc, "/proc/self/status")
                .flatMap(status -> status.field(field))
                .map(bits -> new SignalSet(Long.parseUnsignedLong(bits, 16)));
    }
}
