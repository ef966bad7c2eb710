package dev.gatun.service.init;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalSet;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.util.List;

/**
 * The signals that end a program by default. The start script has blocked them for the JVM, so whoever waits on a loop
 * has to look for them, or not even Ctrl-C would get through.
 */
final class Interruption implements AutoCloseable {

    private static final SignalSet ENDING = SignalSet.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM);

    private final SignalFd signals;
    private final Watch watch;
    private int signal;

    Interruption(Libc libc, EventLoop loop) {
        signals = SignalFd.open(libc, ENDING);
        watch = loop.watch(signals, Epoll.READABLE, readiness -> receive());
    }

    private void receive() {
        List<SignalFd.Received> received = signals.receive();
        if (!received.isEmpty()) {
            signal = received.getFirst().signal();
        }
    }

    boolean isThere() {
        return signal != 0;
    }

    /** As a shell would have it. */
    int exitCode() {
        return 128 + signal;
    }

    String name() {
        return Signal.name(signal);
    }

    @Override
    public void close() {
        watch.cancel();
        signals.close();
    }
}
