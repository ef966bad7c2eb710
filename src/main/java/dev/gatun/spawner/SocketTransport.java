package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.StreamSocket;
import dev.gatun.linux.UnixAddress;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.ProcessSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Lines over a Unix socket of a spawner that outlives us. First it connects, and only where nobody listens it starts one;
 * a spawner that has listened is never ended, whatever it does: its
 * processes may be well. For the loop's thread.
 */
final class SocketTransport implements Transport, SpawnerChild.User, SocketConnection.User {

    private static final Duration LAST_BREATH = Duration.ofMillis(200);

    private final Libc libc;
    private final EventLoop loop;
    private final Path path;
    private final UnixAddress address;
    private final Backoff backoff;
    private final Deadlines deadlines;
    private final Optional<SpawnerChild> child;
    private final LineFraming childOutput = new LineFraming(new FirstLine(), Handshake.MAX_BYTES);
    private Listener listener;
    private SocketConnection connection;
    private Duration delay;
    private Timer nextTry;
    private Timer handshakeDeadline;

    /** Whether our own spawner runs. */
    private boolean childRuns;

    /** Whether it runs and has not printed its line. */
    private boolean awaitsHandshake;

    private Runnable closed;

    /** @param setup of a spawner to start; empty where one is started by somebody else */
    SocketTransport(
            Libc libc, EventLoop loop, Path path, UnixAddress address, Optional<ProcessSetup> setup, Backoff backoff,
            Deadlines deadlines) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.path = requireNonNull(path);
        this.address = requireNonNull(address);
        this.backoff = requireNonNull(backoff);
        this.deadlines = requireNonNull(deadlines);
        this.delay = backoff.min();
        this.child = setup.map(of -> new SpawnerChild(
                libc, loop, of, backoff, deadlines, false, this));
    }

    @Override
    public void open(Listener newListener) {
        listener = requireNonNull(newListener);
        connect();
    }

    @Override
    public void greeted() {
        delay = backoff.min();
        child.ifPresent(SpawnerChild::becameReady);
    }

    @Override
    public void send(byte[] line) {
        if (connection != null) {
            connection.send(line);
        }
    }

    @Override
    public void drop(String reason) {
        if (connection != null) {
            connection.close();
            connection = null;
        }
        tryLater();
    }

    @Override
    public boolean outlivesUs() {
        return true;
    }

    private void tryLater() {
        if (nextTry == null && closed == null) {
            nextTry = loop.schedule(delay, () -> {
                nextTry = null;
                connect();
            });
            Duration twice = delay.multipliedBy(2);
            delay = twice.compareTo(backoff.max()) > 0 ? backoff.max() : twice;
        }
    }

    private void connect() {
        if (connection != null || closed != null) {
            return;
        }
        try {
            use(StreamSocket.connect(libc, address));
        } catch (LinuxException refused) {
            boolean isFree = refused.errno() == Errno.ENOENT || refused.errno() == Errno.ECONNREFUSED;
            // Ours may be between bind and listen.
            if (isFree && child.isPresent() && !childRuns && removeSocket() && child.get().isOver()) {
                child.get().start();
                return;
            }
            // While ours is starting, there is nothing to be told.
            if (child.isEmpty() || !awaitsHandshake) {
                listener.disconnected(refused.getMessage());
            }
            tryLater();
        }
    }

    private void use(StreamSocket socket) {
        int user = socket.peerUser();
        if (user != libc.geteuid()) {
            socket.close();
            listener.disconnected("the socket " + path + " is that of user " + user + ", not of " + libc.geteuid());
            tryLater();
            return;
        }
        awaitsHandshake = false;
        connection = new SocketConnection(loop, socket, this);
        listener.connected();
    }

    /** Nobody listens there, and its name would keep the next spawner from doing so. */
    private boolean removeSocket() {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException refused) {
            listener.disconnected("cannot remove the socket " + path + ": " + refused);
            return false;
        }
    }

    @Override
    public void close(Runnable whenClosed) {
        closed = whenClosed;
        if (nextTry != null) {
            nextTry.cancel();
        }
        if (connection == null) {
            letGo();
        } else {
            SocketConnection last = connection;
            last.finish();
            loop.schedule(deadlines.shutdown(), () -> connectionEnded(last, "closed"));
        }
    }

    /**
     * The spawner goes on, or ends: that is its choice, and a moment is left to it, since nobody waits for it after us.
     * Only one that does not listen yet has nothing to go on for.
     */
    private void letGo() {
        if (child.isEmpty() || child.get().isOver()) {
            finish();
        } else if (childRuns && !awaitsHandshake) {
            loop.schedule(LAST_BREATH, child.get()::release);
        } else {
            child.get().stop();
        }
    }

    private void finish() {
        Runnable last = closed;
        closed = () -> {};
        last.run();
    }

    @Override
    public void connectionEnded(SocketConnection ended, String reason) {
        if (ended != connection) {
            return;
        }
        ended.close();
        connection = null;
        if (closed != null) {
            letGo();
        } else {
            listener.disconnected(reason);
            tryLater();
        }
    }

    @Override
    public void choked(SocketConnection full, String detail) {
        if (full == connection && closed == null) {
            listener.choked(detail);
        }
    }

    @Override
    public void line(byte[] line) {
        if (connection != null) {
            listener.line(line);
        }
    }

    @Override
    public void oversizeLine() {
        if (connection != null) {
            listener.oversizeLine();
        }
    }

    @Override
    public void started(SpawnerStreams streams) {
        childRuns = true;
        awaitsHandshake = true;
        handshakeDeadline = loop.schedule(deadlines.hello(), () -> handshakeFailed(
                "handshake: nothing printed within " + Deadlines.words(deadlines.hello())));
    }

    private void handshakeFailed(String reason) {
        if (awaitsHandshake) {
            awaitsHandshake = false;
            listener.disconnected(reason);
            child.orElseThrow().restart(reason);
        }
    }

    @Override
    public void output(byte[] bytes, int count) {
        childOutput.add(bytes, count);
    }

    @Override
    public void outputEnded() {
        // The connection is the socket; what is printed after the first line is of no interest.
    }

    @Override
    public void ended(String how) {
        childRuns = false;
        awaitsHandshake = false;
        handshakeDeadline.cancel();
        if (closed != null) {
            child.orElseThrow().stop();
        } else if (connection == null) {
            listener.disconnected(how);
            connect();
        }
    }

    @Override
    public void waiting(String reason) {
        if (connection == null) {
            listener.disconnected(reason);
        }
    }

    @Override
    public void over(String reason) {
        childRuns = false;
        if (closed != null) {
            finish();
        } else if (connection == null) {
            listener.disconnected(reason);
            tryLater();
        }
    }

    @Override
    public void log(String line) {
        listener.log(line);
    }

    /** The handshake of our own spawner. */
    private final class FirstLine implements LineFraming.Sink {

        @Override
        public void line(byte[] line) {
            if (!awaitsHandshake) {
                return;
            }
            handshakeDeadline.cancel();
            Optional<String> objection =
                    Handshake.objection(new String(line, StandardCharsets.UTF_8), path.toString());
            if (objection.isPresent()) {
                handshakeFailed(objection.get());
            } else {
                awaitsHandshake = false;
                connect();
            }
        }

        @Override
        public void oversizeLine() {
            handshakeFailed("handshake: a line of more than " + Handshake.MAX_BYTES + " bytes");
        }
    }
}
