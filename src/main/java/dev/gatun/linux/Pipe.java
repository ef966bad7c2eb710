package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * A pipe (pipe2(2)): what is written to one end is read from the other.
 *
 * @param readEnd for the reader
 * @param writeEnd for the writer; the reader sees the end of the stream once every copy of it is closed
 */
public record Pipe(End readEnd, End writeEnd) implements AutoCloseable {

    /** One end of a pipe. */
    public static final class End extends Fd {

        private End(Libc libc, int number) {
            super(libc, number);
        }

        /** Makes reads and writes of this end answer EAGAIN instead of waiting. The other end stays as it is. */
        public void makeNonBlocking() {
            long flags = LinuxException.check(libc.fcntl(number(), Linux.F_GETFL(), 0), "fcntl", "F_GETFL");
            LinuxException.check(
                    libc.fcntl(number(), Linux.F_SETFL(), flags | Linux.O_NONBLOCK()), "fcntl", "F_SETFL, O_NONBLOCK");
        }
    }

    public static Pipe open(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory ends = NativeMemory.allocate(arena, 8);
            LinuxException.check(libc.pipe2(ends.segment(), Linux.O_CLOEXEC()), "pipe2", "O_CLOEXEC");
            return new Pipe(
                    new End(libc, ends.getInt(0)), new End(libc, ends.getInt(4)));
        }
    }

    @Override
    public void close() {
        readEnd.close();
        writeEnd.close();
    }
}
