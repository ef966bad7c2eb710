package dev.gatun.probe;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.Optional;

/** One request and its answer. For the loop's thread. */
final class HttpConnection {

    /** Of what a client may send behind its request, until we stop listening to it. */
    private static final int MAX_IGNORED_BYTES = 64 * 1024;

    private enum Phase {
        /** The request comes in. */
        READING,
        /** The answer goes out. */
        WRITING,
        /** The answer is out; the client has the time to read it, and to close. */
        LINGERING
    }

    private final HttpResponder responder;
    private final EventLoop loop;
    private final StreamSocket socket;
    private final long sinceNanos;
    private final Timer deadline;
    private Watch watch;
    private Phase phase = Phase.READING;
    private HttpHead head = new HttpHead();
    private byte[] answer;
    private int sent;
    private int ignored;

    HttpConnection(HttpResponder responder, EventLoop loop, StreamSocket socket, Duration limit) {
        this.responder = responder;
        this.loop = loop;
        this.socket = socket;
        this.sinceNanos = loop.nanos();
        this.watch = loop.watch(socket, Epoll.READABLE, readiness -> onReady());
        this.deadline = loop.schedule(limit, this::close);
    }

    long sinceNanos() {
        return sinceNanos;
    }

    private void onReady() {
        switch (phase) {
            case READING, LINGERING -> read();
            case WRITING -> write();
        }
    }

    /** Reads once; where more is there, the loop calls again when the others have had their turn. */
    private void read() {
        NativeMemory buffer = responder.buffer();
        long count = socket.read(buffer.segment());
        if (isNotYet(count)) {
            return;
        }
        if (count <= 0) {
            // Half a request, or all that there was: nothing is owed in either case.
            close();
        } else if (phase == Phase.READING) {
            take(buffer.get(0, (int) count), (int) count);
        } else {
            ignored += (int) count;
            if (ignored > MAX_IGNORED_BYTES) {
                close();
            }
        }
    }

    private static boolean isNotYet(long result) {
        return result == -Errno.EAGAIN || result == -Errno.EINTR;
    }

    private void take(byte[] piece, int count) {
        Optional<HttpHead.Parsed> parsed = head.add(piece, count);
        if (parsed.isEmpty()) {
            return;
        }
        head = null;
        Optional<HttpRequest> request = parsed.get().request();
        HttpResponse response =
                request.isPresent() ? responder.answer(request.get()) : HttpResponse.plain(parsed.get().refusal());
        answer = response.bytes(request.isEmpty() || !request.get().method().equals("HEAD"));
        phase = Phase.WRITING;
        // The route may have closed the responder, and us with it.
        if (socket.isOpen()) {
            write();
        }
    }

    private void write() {
        NativeMemory buffer = responder.buffer();
        while (sent < answer.length) {
            int size = Math.min(answer.length - sent, HttpResponder.BUFFER_BYTES);
            buffer.put(0, answer, sent, size);
            long count = socket.write(buffer.segment().asSlice(0, size));
            if (isNotYet(count)) {
                watch(Epoll.WRITABLE);
                return;
            }
            if (count < 0) {
                close();
                return;
            }
            sent += (int) count;
        }
        linger();
    }

    /** To close now would reset the connection where the client has sent more than was read, and lose the answer. */
    private void linger() {
        answer = null;
        phase = Phase.LINGERING;
        if (socket.shutdownOutput() < 0) {
            close();
        } else {
            watch(Epoll.READABLE);
        }
    }

    private void watch(int interest) {
        watch.cancel();
        watch = loop.watch(socket, interest, readiness -> onReady());
    }

    void close() {
        if (socket.isOpen()) {
            deadline.cancel();
            watch.cancel();
            socket.close();
            responder.closed(this);
        }
    }
}
