package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.WriteReadiness;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines to a descriptor that it shares with others, and never waits: a terminal that is paused or a reader of a
 * pipe that has stopped reading would stop the loop.
 *
 * <p>The descriptor is not made non-blocking, because that would change it for every process that shares it, the child
 * among them. Instead each line is shorter than what a pipe takes at once ({@code PIPE_BUF}), and is written only when
 * poll(2) says that there is room. For one thread at a time.
 */
public final class LineWriter {

    /** {@code PIPE_BUF}: as much as a writable pipe is sure to take at once, and in one piece. */
    private static final int MAX_LINE_BYTES = 4096;

    private static final byte[] CUT = "…\n".getBytes(StandardCharsets.UTF_8);

    private final Fd fd;
    private final WriteReadiness readiness;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), MAX_LINE_BYTES);

    public LineWriter(Libc libc, Fd fd) {
        this.fd = requireNonNull(fd);
        this.readiness = new WriteReadiness(libc, fd);
    }

    /**
     * Writes one line, if there is room.
     *
     * @param line with its end; what is longer than 4096 bytes is cut
     * @return whether it got through
     */
    public boolean write(String line) {
        if (!readiness.isWritable()) {
            return false;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > MAX_LINE_BYTES) {
            int cut = lastCharacterBoundary(bytes, MAX_LINE_BYTES - CUT.length);
            buffer.put(cut, CUT, CUT.length);
            buffer.put(0, bytes, cut);
            length = cut + CUT.length;
        } else {
            buffer.put(0, bytes, length);
        }
        return fd.write(buffer.segment().asSlice(0, length)) == length;
    }

    /** Whether a line can be written as a whole. */
    static boolean fits(String line) {
        // No character of a string takes more than three bytes.
        return line.length() <= MAX_LINE_BYTES / 3 || line.getBytes(StandardCharsets.UTF_8).length <= MAX_LINE_BYTES;
    }

    /** Not behind {@code limit}, and not inside a character: those go on with bytes {@code 10xxxxxx}. */
    private static int lastCharacterBoundary(byte[] utf8, int limit) {
        int at = limit;
        while ((utf8[at] & 0xc0) == 0x80) {
            at--;
        }
        return at;
    }
}
