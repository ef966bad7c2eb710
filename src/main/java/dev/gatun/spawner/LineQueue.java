package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Fd;
import dev.gatun.linux.NativeMemory;
import java.lang.foreign.Arena;
import java.util.ArrayDeque;

/**
 * Writes lines to a descriptor that does not wait, as it takes them. What it does not take is kept, up to a bound: a
 * spawner that does not read must not take our memory. For the loop's thread.
 */
final class LineQueue {

    /** What the queue needs of whoever owns the descriptor. */
    interface Owner {

        /** Whether {@link LineQueue#write} is to be called when the descriptor takes more. */
        void wantsWritable(boolean isWanted);

        /** Nothing can be written any more. Called once. @param detail as the end of a sentence */
        void broken(String detail);

        /** All is written and nothing will follow. */
        void finished();
    }

    /** Four of the longest lines. */
    static final int MAX_BYTES = 1 << 22;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Fd target;
    private final Owner owner;
    private final int maxBytes;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);
    private final ArrayDeque<byte[]> lines = new ArrayDeque<>();

    /** Of the first line, how much is written. */
    private int written;

    private int queuedBytes;
    private boolean isWaiting;
    private boolean isBroken;
    private boolean isFinishing;

    LineQueue(Fd target, Owner owner) {
        this(target, owner, MAX_BYTES);
    }

    LineQueue(Fd target, Owner owner, int maxBytes) {
        this.target = requireNonNull(target);
        this.owner = requireNonNull(owner);
        this.maxBytes = maxBytes;
    }

    /** Takes a line, with its end. */
    void add(byte[] line) {
        if (isBroken || isFinishing) {
            return;
        }
        if (queuedBytes + line.length > maxBytes) {
            fail("the spawner does not read: " + queuedBytes + " bytes are waiting for it");
            return;
        }
        lines.addLast(line);
        queuedBytes += line.length;
        if (!isWaiting) {
            write();
        }
    }

    /** Takes no more, and says when all is written. */
    void finish() {
        isFinishing = true;
        if (!isWaiting) {
            write();
        }
    }

    /** Writes as much as the descriptor takes. */
    void write() {
        while (!lines.isEmpty() && !isBroken) {
            int count = fill();
            long result = target.write(buffer.segment().asSlice(0, count));
            if (result == -Errno.EAGAIN) {
                wait(true);
                return;
            } else if (result >= 0) {
                consume((int) result);
            } else if (result != -Errno.EINTR) {
                fail("write: " + Errno.describe((int) -result));
            }
        }
        if (!isBroken) {
            wait(false);
            if (isFinishing) {
                isBroken = true;
                owner.finished();
            }
        }
    }

    private int fill() {
        int count = 0;
        int from = written;
        for (byte[] line : lines) {
            int part = Math.min(line.length - from, BUFFER_BYTES - count);
            buffer.put(count, line, from, part);
            count += part;
            from = 0;
            if (count == BUFFER_BYTES) {
                break;
            }
        }
        return count;
    }

    private void consume(int count) {
        queuedBytes -= count;
        written += count;
        while (!lines.isEmpty() && written >= lines.getFirst().length) {
            written -= lines.removeFirst().length;
        }
    }

    private void wait(boolean isWanted) {
        if (isWaiting != isWanted) {
            isWaiting = isWanted;
            owner.wantsWritable(isWanted);
        }
    }

    private void fail(String detail) {
        isBroken = true;
        wait(false);
        lines.clear();
        queuedBytes = 0;
        owner.broken(detail);
    }
}
