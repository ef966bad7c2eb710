package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.lang.foreign.Arena;
import java.time.Duration;

/** One connection to a spawner's socket. For the loop's thread. */
final class SocketConnection implements LineQueue.Owner {

    /** Who uses it. */
    interface User extends LineFraming.Sink {

        /** The other side has closed it, or it has failed. Called once, unless it was closed before. */
        void connectionEnded(SocketConnection connection, String reason);

        /** More is waiting for the spawner than we keep. */
        void choked(SocketConnection connection, String detail);
    }

    private static final int BUFFER_BYTES = 1 << 14;
    private static final int READS_AT_A_TIME = 4;

    private final EventLoop loop;
    private final StreamSocket socket;
    private final User user;
    private final LineQueue queue;
    private final LineFraming framing;
    private final NativeMemory memory = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);
    private final byte[] bytes = new byte[BUFFER_BYTES];
    private Watch watch;

    SocketConnection(EventLoop loop, StreamSocket socket, User user) {
        this.loop = requireNonNull(loop);
        this.socket = requireNonNull(socket);
        this.user = requireNonNull(user);
        this.queue = new LineQueue(socket, this);
        this.framing = new LineFraming(user);
        watch(Epoll.READABLE);
    }

    private void watch(int interest) {
        if (watch != null) {
            watch.cancel();
        }
        watch = loop.watch(socket, interest, this::onReady);
    }

    void send(byte[] line) {
        if (socket.isOpen()) {
            queue.add(line);
        }
    }

    /** Sends what is queued and then the end; what the other side still has to say is heard. */
    void finish() {
        if (socket.isOpen()) {
            queue.finish();
        }
    }

    void close() {
        if (socket.isOpen()) {
            watch.cancel();
            socket.close();
        }
    }

    private void onReady(int readiness) {
        if ((readiness & Epoll.WRITABLE) != 0) {
            queue.write();
        }
        // An error or the end is told by a read.
        if ((readiness & ~Epoll.WRITABLE) != 0) {
            read();
        }
    }

    private void read() {
        int count = BUFFER_BYTES;
        for (int reads = 0; reads < READS_AT_A_TIME && count == BUFFER_BYTES && socket.isOpen(); reads++) {
            count = (int) socket.read(memory.segment());
            if (count > 0) {
                memory.get(bytes, count);
                framing.add(bytes, count);
            } else if (count != -Errno.EAGAIN && count != -Errno.EINTR) {
                close();
                user.connectionEnded(
                        this, count == 0 ? "it closed the connection" : "read: " + Errno.describe(-count));
            }
        }
    }

    @Override
    public void wantsWritable(boolean isWanted) {
        watch(isWanted ? Epoll.READABLE | Epoll.WRITABLE : Epoll.READABLE);
    }

    /** A little later: whoever sends is in the middle of something. */
    @Override
    public void broken(String detail) {
        loop.schedule(Duration.ZERO, () -> {
            if (socket.isOpen()) {
                user.choked(this, detail);
            }
        });
    }

    @Override
    public void finished() {
        socket.shutdownOutput();
    }
}
