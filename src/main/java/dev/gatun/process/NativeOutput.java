package dev.gatun.process;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.loop.EventLoop;
import java.time.Duration;

/**
 * One output of a child: from its pipe to whoever wants it, the last lines into a tail on the way. It is made beside the
 * child, before there is one, and read on the loop.
 */
final class NativeOutput implements OutputPump.Sink {

    private final EventLoop loop;
    private final Pipe pipe;
    private final Tail tail;
    private final LineSplitter splitter;
    private final ProcOutput output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, this::roomAgain);
    private OutputPump pump;
    private Runnable ended;

    private NativeOutput(EventLoop loop, Pipe pipe, Tail tail) {
        this.loop = loop;
        this.pipe = pipe;
        this.tail = tail;
        this.splitter = new LineSplitter(tail::add);
    }

    /**
     * Opens the pipe.
     *
     * @param tail what keeps the last lines
     * @throws dev.gatun.linux.LinuxException when there is no descriptor left
     */
    static NativeOutput open(Libc libc, EventLoop loop, Tail tail) {
        return new NativeOutput(loop, Pipe.open(libc), tail);
    }

    /** The child's end. */
    Redirect redirect() {
        return new Redirect.ToPipe(pipe.writeEnd());
    }

    /** What the one who launched the child is given. */
    ProcOutput output() {
        return output;
    }

    Tail tail() {
        return tail;
    }

    /** Gives our copy of the child's end away, when it has its own or will never have one. */
    void closeWriteEnd() {
        pipe.writeEnd().close();
    }

    /** Gives everything away where there is no child. */
    void discard() {
        pipe.close();
        output.end();
    }

    /**
     * Begins to read; on the loop's thread, as all below.
     *
     * @param whenEnded run when nobody writes any more
     */
    void read(ReadBuffer buffer, Runnable whenEnded) {
        ended = whenEnded;
        pump = new OutputPump(loop, pipe.readEnd(), buffer, this);
    }

    /** At the end of the child: its last words at once, and what its descendants still write within a limit. */
    void finish(Duration limit) {
        if (pump != null) {
            pump.drain();
            pump.finish(limit);
        }
    }

    boolean hasEnded() {
        return pump == null || pump.hasEnded();
    }

    /** Reads what is there and gives up the rest. */
    void close() {
        if (pump != null) {
            pump.close();
        }
    }

    @Override
    public void bytes(byte[] bytes, int count) {
        if (tail.keepsLines()) {
            splitter.add(bytes, 0, count);
        }
        if (!output.put(bytes, 0, count)) {
            pump.pause();
        }
    }

    @Override
    public void end(boolean isComplete) {
        splitter.end();
        output.end();
        ended.run();
    }

    private void roomAgain() {
        loop.post(() -> pump.resume());
    }
}
