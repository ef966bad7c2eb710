package dev.gatun.spawner.check;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Two pipes. Somebody else may hold the other ends for as long as they like, a process that the spawner has started for
 * one; so nobody waits in a read or a write, but for readiness, and looks now and then whether this is closed.
 */
final class PipeWire implements Wire {

    private static final int LOOK_MILLIS = 50;
    private static final int WRITE_BYTES = 64 * 1024;

    private final Direction input;
    private final Direction output;
    private volatile boolean closed;

    PipeWire(Libc libc, Pipe.End input, Pipe.End output) {
        this.input = new Direction(libc, input, Epoll.READABLE);
        this.output = new Direction(libc, output, Epoll.WRITABLE);
    }

    /** One end and what it takes to wait for it. */
    private static final class Direction {
        final Pipe.End end;
        final Epoll epoll;
        final MemorySegment memory = Arena.ofAuto().allocate(WRITE_BYTES);

        Direction(Libc libc, Pipe.End end, int interest) {
            this.end = end;
            end.makeNonBlocking();
            epoll = Epoll.open(libc);
            epoll.add(end, interest, 0);
        }

        synchronized void close() {
            epoll.close();
            end.close();
        }
    }

    @Override
    public int read(byte[] buffer) {
        while (!closed) {
            synchronized (input) {
                if (!input.end.isOpen()) {
                    return -1;
                }
                long count = input.end.read(input.memory.asSlice(0, Math.min(buffer.length, WRITE_BYTES)));
                if (count > 0) {
                    MemorySegment.copy(input.memory, ValueLayout.JAVA_BYTE, 0, buffer, 0, (int) count);
                    return (int) count;
                } else if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
                    return -1;
                }
                input.epoll.await(LOOK_MILLIS);
            }
        }
        return -1;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int written = 0;
        while (written < bytes.length) {
            synchronized (output) {
                if (closed || !output.end.isOpen()) {
                    throw new IOException("closed");
                }
                int size = Math.min(bytes.length - written, WRITE_BYTES);
                MemorySegment.copy(bytes, written, output.memory, ValueLayout.JAVA_BYTE, 0, size);
                long count = output.end.write(output.memory.asSlice(0, size));
                if (count > 0) {
                    written += (int) count;
                } else if (count == -Errno.EAGAIN || count == -Errno.EINTR) {
                    output.epoll.await(LOOK_MILLIS);
                } else {
                    throw new IOException("the spawner does not read any more");
                }
            }
        }
    }

    @Override
    public void closeOutput() {
        output.close();
    }

    @Override
    public void close() {
        closed = true;
        output.close();
        input.close();
    }
}
