package dev.gatun.process;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.util.function.Consumer;

/** A process that is not our child, held by a pidfd until it ends. For the loop's thread. */
final class WatchedDescendant implements AutoCloseable {

    private final PidFd pidfd;
    private final Watch watch;

    /**
     * Begins to watch.
     *
     * @param ended told once, when it has ended
     * @throws LinuxException when there is no watch left; the descriptor is closed then
     */
    WatchedDescendant(EventLoop loop, PidFd pidfd, Consumer<WatchedDescendant> ended) {
        this.pidfd = pidfd;
        Watch begun = null;
        try {
            begun = loop.watch(pidfd, Epoll.READABLE, readiness -> {
                close();
                ended.accept(this);
            });
        } finally {
            if (begun == null) {
                pidfd.close();
            }
        }
        watch = begun;
    }

    /** Sends a signal, unless it has changed its user to one that is out of our reach. */
    void signal(Signal signal) {
        try {
            pidfd.send(signal.number());
        } catch (LinuxException refused) {
            // The ladder's next rung is due all the same, and whoever waits for the end is told that there was none.
        }
    }

    @Override
    public void close() {
        watch.cancel();
        pidfd.close();
    }
}
