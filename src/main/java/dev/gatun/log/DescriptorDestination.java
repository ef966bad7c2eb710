package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.WriteReadiness;
import java.io.IOException;
import java.lang.foreign.Arena;

/**
 * A descriptor that belongs to somebody else and is shared with others, standard output as a rule. It stays as it is and
 * open. Lines of up to 4096 bytes go out in one piece ({@code PIPE_BUF}), so that they are not mixed with those of
 * others at the same pipe.
 */
public final class DescriptorDestination implements Destination {

    private static final int PIPE_BUF = 4096;

    private final Fd fd;
    private final String name;
    private final WriteReadiness readiness;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), PIPE_BUF);

    /**
     * A destination; the descriptor must stay open for as long as there is a writer.
     *
     * @param name what messages call it
     */
    public DescriptorDestination(Libc libc, Fd fd, String name) {
        this.fd = requireNonNull(fd);
        this.name = requireNonNull(name);
        this.readiness = new WriteReadiness(libc, fd);
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        int count = length <= PIPE_BUF ? length : piece(bytes, offset);
        buffer.put(0, bytes, offset, count);
        while (true) {
            long written = fd.write(buffer.segment().asSlice(0, count));
            if (written > 0) {
                return (int) written;
            }
            if (written == -Errno.EAGAIN) {
                // Somebody who shares it has made it non-blocking.
                readiness.await();
            } else if (written != -Errno.EINTR) {
                throw new IOException("cannot write to " + name + ": " + Errno.describe((int) -written));
            }
        }
    }

    /** The lines that fit, or the beginning of one that does not. */
    private static int piece(byte[] bytes, int offset) {
        for (int count = PIPE_BUF; count > 0; count--) {
            if (bytes[offset + count - 1] == '\n') {
                return count;
            }
        }
        return PIPE_BUF;
    }

    @Override
    public void close() {
        // It belongs to whoever opened it.
    }
}
