package dev.gatun.bench;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Tells when a child executes its program, even where the call that makes the child returns earlier: a close-on-exec
 * pipe, which ends when the last copy of its write end is closed. A child that dies instead ends it as well; its status
 * then tells.
 */
final class ExecSignal implements AutoCloseable {

    private static final int CLOSED = -1;

    private final Libc libc;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment poll = arena.allocate(8, 4);
    private final int readEnd;
    private int writeEnd;

    ExecSignal(Libc libc) {
        this.libc = libc;
        MemorySegment ends = arena.allocate(8, 4);
        long result = libc.pipe2(ends, Linux.O_CLOEXEC());
        if (result < 0) {
            throw new LinuxException("pipe2", (int) -result, "O_CLOEXEC");
        }
        readEnd = ends.get(ValueLayout.JAVA_INT, 0);
        writeEnd = ends.get(ValueLayout.JAVA_INT, 4);
        poll.set(ValueLayout.JAVA_INT, 0, readEnd);
    }

    /** Waits for the exec; only the child may hold the write end any more, so ours is closed here. */
    boolean awaitExec(int timeoutMillis) {
        libc.close(writeEnd);
        writeEnd = CLOSED;
        return libc.poll(poll, 1, timeoutMillis) == 1;
    }

    @Override
    public void close() {
        if (writeEnd != CLOSED) {
            libc.close(writeEnd);
        }
        libc.close(readEnd);
        arena.close();
    }
}
