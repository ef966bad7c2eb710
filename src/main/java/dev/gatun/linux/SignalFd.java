package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signals as something to read (signalfd(2)). Every thread of the process must have them blocked, or the kernel gives
 * them to a thread that has not. Standard signals do not queue: two of a kind before a read are one.
 */
public final class SignalFd extends Fd {

    /** {@code struct signalfd_siginfo}: 128 bytes on every architecture; offsets held equal by a test. */
    static final int INFO_BYTES = 128;

    static final int SIGNAL_OFFSET = 0;
    static final int CODE_OFFSET = 8;
    static final int SENDER_OFFSET = 12;
    static final int USER_OFFSET = 16;

    private static final int BATCH = 16;

    /** {@code SI_KERNEL}, which glibc has as an enum constant: the kernel itself is the sender. */
    private static final int SENT_BY_KERNEL = 0x80;

    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), (long) INFO_BYTES * BATCH);

    /**
     * One signal that arrived.
     *
     * @param signal its number
     * @param code how it came about, an {@code SI_} constant (sigaction(2))
     * @param senderPid who sent it, as seen from our PID namespace; 0 for the kernel and for a process outside
     * @param senderUid the sender's real user id
     */
    public record Received(int signal, int code, int senderPid, int senderUid) {

        /** Whether a key was pressed, or the terminal changed: the whole foreground group got it. */
        public boolean fromTerminal() {
            return code == SENT_BY_KERNEL;
        }
    }

    private SignalFd(Libc libc, long number) {
        super(libc, number);
    }

    /** Opens a descriptor for these signals; the caller has blocked them in every thread. */
    public static SignalFd open(Libc libc, SignalSet signals) {
        try (Arena arena = Arena.ofConfined()) {
            int flags = Linux.SFD_CLOEXEC() | Linux.SFD_NONBLOCK();
            long number = libc.signalfd(-1, signals.allocate(arena), flags);
            return new SignalFd(libc, LinuxException.check(number, "signalfd", signals));
        }
    }

    /** Takes what has arrived, 16 at the most; an empty list when there is nothing. */
    public List<Received> receive() {
        long bytes = read(buffer.segment());
        if (bytes == -Errno.EAGAIN || bytes == -Errno.EINTR) {
            return List.of();
        }
        LinuxException.check(bytes, "read", this);
        List<Received> received = new ArrayList<>();
        for (long at = 0; at < bytes; at += INFO_BYTES) {
            received.add(new Received(
                    buffer.getInt(at + SIGNAL_OFFSET),
                    buffer.getInt(at + CODE_OFFSET),
                    buffer.getInt(at + SENDER_OFFSET),
                    buffer.getInt(at + USER_OFFSET)));
        }
        return received;
    }

    /** Hands on all that has arrived, one after the other, until there is no more. */
    public void drain(Consumer<Received> receiver) {
        List<Received> received = receive();
        while (!received.isEmpty()) {
            for (Received signal : received) {
                receiver.accept(signal);
            }
            received = receive();
        }
    }
}
