package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import dev.gatun.process.ProcessSetup;
import java.time.Duration;

/** Lines over standard input and output of a spawner that lives and dies with us. For the loop's thread. */
final class StdioTransport implements Transport, SpawnerChild.User, LineFraming.Sink, LineQueue.Owner {

    /** From the end of its output until it has to be gone: as a rule it is ending, and its exit says more. */
    private static final Duration LAST_BREATH = Duration.ofMillis(500);

    private final EventLoop loop;
    private final SpawnerChild child;
    private Listener listener;

    // Of the present connection; null where there is none.
    private SpawnerStreams streams;
    private LineQueue queue;
    private LineFraming framing;
    private Watch writable;
    private Timer lastBreath;

    private Runnable closed;

    StdioTransport(Libc libc, EventLoop loop, ProcessSetup setup, Backoff backoff, Deadlines deadlines) {
        this.loop = requireNonNull(loop);
        this.child = new SpawnerChild(libc, loop, setup, backoff, deadlines, true, this);
    }

    @Override
    public void open(Listener newListener) {
        listener = requireNonNull(newListener);
        child.start();
    }

    @Override
    public void greeted() {
        child.becameReady();
    }

    @Override
    public void send(byte[] line) {
        if (queue != null) {
            queue.add(line);
        }
    }

    @Override
    public void drop(String reason) {
        SpawnerStreams dropped = streams;
        leave();
        if (dropped != null) {
            dropped.closeInput();
            dropped.closeOutput();
        }
        child.restart(reason);
    }

    @Override
    public boolean outlivesUs() {
        return false;
    }

    @Override
    public void close(Runnable whenClosed) {
        closed = whenClosed;
        if (queue != null) {
            queue.finish();
        }
        if (child.isOver()) {
            over("the launcher is closed");
        } else {
            child.stop();
        }
    }

    /** There is no connection any more; of what still comes nothing is heard. */
    private void leave() {
        wantsWritable(false);
        if (lastBreath != null) {
            lastBreath.cancel();
            lastBreath = null;
        }
        streams = null;
        queue = null;
        framing = null;
    }

    @Override
    public void started(SpawnerStreams opened) {
        streams = opened;
        queue = new LineQueue(opened.inputEnd(), this);
        framing = new LineFraming(this);
        listener.connected();
    }

    @Override
    public void output(byte[] bytes, int count) {
        if (framing != null) {
            framing.add(bytes, count);
        }
    }

    @Override
    public void outputEnded() {
        if (streams != null && closed == null) {
            lastBreath = loop.schedule(LAST_BREATH, () -> lost("it closed its standard output"));
        }
    }

    private void lost(String reason) {
        if (streams != null) {
            drop(reason);
            listener.disconnected(reason);
        }
    }

    @Override
    public void ended(String how) {
        if (streams != null) {
            leave();
            listener.disconnected(how);
        }
    }

    @Override
    public void waiting(String reason) {
        listener.disconnected(reason);
    }

    @Override
    public void over(String reason) {
        if (closed != null) {
            closed.run();
            closed = () -> {};
        } else {
            listener.disconnected(reason);
        }
    }

    @Override
    public void log(String line) {
        listener.log(line);
    }

    @Override
    public void line(byte[] line) {
        if (streams != null) {
            listener.line(line);
        }
    }

    @Override
    public void oversizeLine() {
        if (streams != null) {
            listener.oversizeLine();
        }
    }

    @Override
    public void wantsWritable(boolean isWanted) {
        if (writable != null) {
            writable.cancel();
            writable = null;
        }
        if (isWanted) {
            LineQueue waiting = queue;
            writable = loop.watch(streams.inputEnd(), Epoll.WRITABLE, readiness -> waiting.write());
        }
    }

    /** A little later: whoever sends is in the middle of something. */
    @Override
    public void broken(String detail) {
        SpawnerStreams of = streams;
        loop.schedule(Duration.ZERO, () -> {
            // Where it is ending, its exit says more.
            if (streams == of && lastBreath == null && closed == null) {
                listener.choked(detail);
            }
        });
    }

    @Override
    public void finished() {
        streams.closeInput();
    }
}
