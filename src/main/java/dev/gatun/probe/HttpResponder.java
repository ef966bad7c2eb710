package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers probes by HTTP/1.1: GET and HEAD, one request a connection, as many connections at a time as do no harm. A
 * client that is slow holds up nobody: the loop turns to it when it has sent something, it is gone after its deadline,
 * and it has to go sooner where others wait for its place. For the loop's thread.
 */
public final class HttpResponder implements AutoCloseable {

    /** Shared by all connections, since no more than one is served at a time. */
    static final int BUFFER_BYTES = 16 * 1024;

    private static final int MAX_CONNECTIONS = 64;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** What a connection has in any case, though others wait. */
    private static final Duration FAIR_SHARE = Duration.ofMillis(250);

    private static final Duration RETRY = Duration.ofMillis(100);

    private final EventLoop loop;
    private final ListeningSocket socket;
    private final HttpRoutes routes;
    private final Duration deadline;
    private final NativeMemory buffer = NativeMemory.allocate(Arena.ofAuto(), BUFFER_BYTES);

    /** Oldest first. */
    private final Set<HttpConnection> connections = new LinkedHashSet<>();

    /** Null while no connection is accepted. */
    private Watch watch;

    /** Ends a pause; null without one. */
    private Timer pause;

    private boolean shortageTold;

    /**
     * Answers from now on.
     *
     * @param socket is the responder's, which closes it
     * @throws LinuxException when there is no memory left to watch it
     */
    public HttpResponder(EventLoop loop, ListeningSocket socket, HttpRoutes routes) {
        this(loop, socket, routes, DEADLINE);
    }

    HttpResponder(EventLoop loop, ListeningSocket socket, HttpRoutes routes, Duration deadline) {
        this.loop = requireNonNull(loop);
        this.socket = requireNonNull(socket);
        this.routes = requireNonNull(routes);
        this.deadline = requireNonNull(deadline);
        this.watch = listen();
    }

    private void resume() {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        if (watch == null) {
            try {
                watch = listen();
            } catch (LinuxException shortage) {
                pause = loop.schedule(RETRY, this::resume);
            }
        }
    }

    private Watch listen() {
        return loop.watch(socket, Epoll.READABLE, readiness -> accept());
    }

    /** The kernel keeps those that wait, and would wake the loop for them without end. */
    private void pause(Duration time) {
        watch.cancel();
        watch = null;
        pause = loop.schedule(time, this::resume);
    }

    private void accept() {
        try {
            while (connections.size() < MAX_CONNECTIONS || makeRoom()) {
                Optional<StreamSocket> accepted = socket.accept();
                if (accepted.isEmpty()) {
                    return;
                }
                shortageTold = false;
                begin(accepted.get());
            }
        } catch (LinuxException shortage) {
            if (!shortageTold) {
                shortageTold = true;
                loop.report(shortage);
            }
            pause(RETRY);
        }
    }

    private void begin(StreamSocket accepted) {
        try {
            connections.add(new HttpConnection(this, loop, accepted, deadline));
        } catch (LinuxException shortage) {
            accepted.close();
            throw shortage;
        }
    }

    /** Closes the oldest connection if it has had its share of time; else nobody is accepted until it has. */
    private boolean makeRoom() {
        HttpConnection oldest = connections.iterator().next();
        long leftNanos = oldest.sinceNanos() + FAIR_SHARE.toNanos() - loop.nanos();
        if (leftNanos > 0) {
            pause(Duration.ofNanos(leftNanos));
            return false;
        }
        oldest.close();
        return true;
    }

    void closed(HttpConnection connection) {
        connections.remove(connection);
        if (watch == null && !shortageTold && socket.isOpen()) {
            resume();
        }
    }

    HttpResponse answer(HttpRequest request) {
        try {
            return routes.answer(request).orElseGet(() -> HttpResponse.plain(404));
        } catch (RuntimeException | Error problem) {
            loop.report(problem);
            return HttpResponse.plain(500);
        }
    }

    NativeMemory buffer() {
        return buffer;
    }

    /** The port, which the kernel has chosen where 0 was asked for. */
    public int port() {
        return socket.port();
    }

    /** Stops answering; connections under way are cut. */
    @Override
    public void close() {
        if (socket.isOpen()) {
            if (watch != null) {
                watch.cancel();
                watch = null;
            }
            socket.close();
            if (pause != null) {
                pause.cancel();
            }
            for (HttpConnection connection : List.copyOf(connections)) {
                connection.close();
            }
        }
    }
}
