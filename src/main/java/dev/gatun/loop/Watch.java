package dev.gatun.loop;

import dev.gatun.linux.Fd;

/** A descriptor that an {@link EventLoop} watches. For the loop's thread. */
public final class Watch {

    /** Called with the {@code Epoll} bits that are ready. Reads until there is no more, and never waits. */
    @FunctionalInterface
    public interface Handler {
        void onReady(int readiness);
    }

    private final EventLoop loop;
    private final Fd fd;
    private final long token;
    private final Handler handler;

    Watch(EventLoop loop, Fd fd, long token, Handler handler) {
        this.loop = loop;
        this.fd = fd;
        this.token = token;
        this.handler = handler;
    }

    /** Ends the watch; before the descriptor is closed. A second call does nothing. */
    public void cancel() {
        loop.cancel(this);
    }

    Fd fd() {
        return fd;
    }

    long token() {
        return token;
    }

    Handler handler() {
        return handler;
    }
}
