package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A pseudo-terminal.
 *
 * @param master the side of who plays the user
 * @param slave the side that programs see as their terminal
 */
record Pty(Fd master, Fd slave) implements AutoCloseable {

    /** {@code TIOCSPTLCK} and {@code TIOCGPTN}; not in the bindings, which have no use for them. */
    private static final long UNLOCK = 0x40045431L;

    private static final long NUMBER = 0x80045430L;

    static Pty open() {
        // Without O_NOCTTY it might become this JVM's controlling terminal.
        int flags = Linux.O_RDWR() | Linux.O_NOCTTY();
        Fd master = Fd.open(LIBC, CString.of("/dev/ptmx"), flags);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cell = arena.allocate(ValueLayout.JAVA_INT);
            assertThat(LIBC.ioctl(master.number(), UNLOCK, cell)).isZero();
            assertThat(LIBC.ioctl(master.number(), NUMBER, cell)).isZero();
            CString name = CString.of("/dev/pts/" + cell.get(ValueLayout.JAVA_INT, 0));
            return new Pty(master, Fd.open(LIBC, name, flags));
        } catch (Throwable failure) {
            master.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        slave.close();
        master.close();
    }
}
