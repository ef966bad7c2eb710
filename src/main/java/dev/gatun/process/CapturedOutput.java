package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.log.OutputWriter;
import dev.gatun.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The output of one process, start after start: read from pipes on the loop, written down by {@link OutputWriter}s, its
 * last lines kept for messages. Neither a flood nor a full disk nor a slow reader stops the loop or the process; what
 * does not fit is lost, counted and marked.
 *
 * <p>Hand it to {@link ProcessSetup#preparation}. Pipes are per start: they are made before the child, our copies of its
 * ends are closed as soon as it has its own, and they are read until nobody writes to them any more. That can be later
 * than the end of the process, see {@link #finish}. For the loop's thread.
 */
public final class CapturedOutput implements StartPreparation, AutoCloseable {

    /** How long what an earlier start left behind is heard beside the next. */
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(5);

    private static final Tail NO_TAIL = new Tail(0, 0);

    private final Libc libc;
    private final EventLoop loop;
    private final CapturedStreams streams;
    private final Optional<CaptureLayout> layout;
    private final ReadBuffer buffer = new ReadBuffer();
    private final List<CapturedStart> leftBehind = new ArrayList<>();
    private CapturedStart latest = new CapturedStart();
    private Tail tail;

    /**
     * Nothing is captured before a start.
     *
     * @param process what lines call it
     * @param tail of the size in which the last lines of standard error, or of merged streams, are kept for each start
     * @throws IllegalArgumentException where raw bytes of two pipes would be mixed
     */
    public CapturedOutput(
            Libc libc, EventLoop loop, String process, CapturedStreams streams, CaptureFormat format, Tail tail) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.streams = requireNonNull(streams);
        this.layout = format.layout(libc, requireNonNull(process));
        this.tail = requireNonNull(tail);
        if (layout.isEmpty() && streams.mixes()) {
            throw new IllegalArgumentException("the output of " + process
                    + ": raw bytes of two streams in one place would tear each other's lines; merge the streams, or"
                    + " write text or JSON");
        }
    }

    @Override
    public void prepare(ProcessSetup setup) {
        leaveBehind();
        tail = tail.another();
        CapturedStart start = new CapturedStart();
        try {
            switch (streams.kind()) {
                case MERGED -> setup.standardOutput(open(start, "output", streams.output(), tail))
                        .standardError(new Redirect.MergeIntoOutput());
                case SEPARATE -> setup.standardOutput(open(start, "stdout", streams.output(), NO_TAIL))
                        .standardError(open(start, "stderr", streams.error(), tail));
            }
        } catch (RuntimeException refused) {
            start.discard();
            throw refused;
        }
        latest = start;
    }

    private void leaveBehind() {
        leftBehind.removeIf(CapturedStart::hasEnded);
        if (!latest.hasEnded()) {
            latest.finish(LEFT_BEHIND);
            leftBehind.add(latest);
        }
    }

    private Redirect open(CapturedStart start, String name, OutputWriter writer, Tail lastLines) {
        Pipe pipe = Pipe.open(libc);
        try {
            CapturedStream stream = new CapturedStream(name, layout, writer, lastLines, start::streamEnded);
            start.add(pipe.writeEnd(), new OutputPump(loop, pipe.readEnd(), buffer, stream));
        } catch (RuntimeException refused) {
            pipe.close();
            throw refused;
        }
        return new Redirect.ToPipe(pipe.writeEnd());
    }

    @Override
    public void launched(boolean isStarted) {
        if (isStarted) {
            latest.closeWriteEnds();
        } else {
            latest.discard();
        }
    }

    /**
     * Reads at once what the process has written so far, 1 MiB of each stream at most. At the end of a process this gets
     * its last words into the tail.
     */
    public void drain() {
        latest.drain();
    }

    /**
     * Waits, on the loop, until nobody writes to the pipes of the latest start any more: to be called when the process
     * is over. A daemon that it left behind may hold them, which is why there is a limit; after that they are closed,
     * and whoever still writes gets SIGPIPE.
     *
     * @param done run at once if it is over already
     */
    public void finish(Duration limit, Runnable done) {
        latest.finish(limit);
        latest.afterwards(requireNonNull(done));
    }

    /** Reads what is there and closes all pipes at once, those of earlier starts too. */
    @Override
    public void close() {
        leftBehind.forEach(CapturedStart::close);
        latest.close();
    }

    /** The last lines of the latest start that are not blank, the oldest first. */
    public List<String> lastLines() {
        return tail.lines();
    }
}
