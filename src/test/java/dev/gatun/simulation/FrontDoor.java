package dev.gatun.simulation;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalSet;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** As much of a front door as a supervisor needs: it hands on SIGCHLD, and takes TERM for a wish that all be over. */
final class FrontDoor implements AutoCloseable {

    private final Supervisor supervisor;
    private final boolean jobControl;
    private final SignalFd signals;
    private final Watch watch;
    private final List<SupervisedProcess> processes = new ArrayList<>();

    FrontDoor(Libc libc, EventLoop loop, Supervisor supervisor, boolean jobControl) {
        this.supervisor = supervisor;
        this.jobControl = jobControl;
        signals = SignalFd.open(libc, SignalSet.of(Signal.CHLD, Signal.TERM));
        watch = loop.watch(signals, Epoll.READABLE, readiness -> receive());
    }

    void add(SupervisedProcess process) {
        processes.add(process);
    }

    private void receive() {
        for (SignalFd.Received received : signals.receive()) {
            if (received.signal() == Signal.CHLD.number()) {
                if (jobControl) {
                    supervisor.observeStops();
                }
                supervisor.reap();
            } else {
                processes.forEach(process -> process.stop("TERM", OptionalInt.of(received.signal())));
            }
        }
    }

    @Override
    public void close() {
        watch.cancel();
        signals.close();
    }
}
