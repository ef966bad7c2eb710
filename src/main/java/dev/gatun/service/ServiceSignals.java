package dev.gatun.service;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.SignalForwardedEvent;
import dev.gatun.lifecycle.State;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.SignalScope;
import java.util.OptionalInt;

/** The signals that arrive, and what becomes of them: TERM is a request to stop, all others go on. For the loop's thread. */
final class ServiceSignals {

    private final Libc libc;
    private final Log log;
    private final ServicePlan plan;
    private final SignalFd signals;
    private final Supervisor supervisor;
    private final SupervisedProcess primary;
    private final SubProcesses subProcesses;
    private final ServiceStreams streams;

    /** Takes the signals from now on; those that came before have waited. */
    ServiceSignals(
            Libc libc, EventLoop loop, Log log, ServicePlan plan, Supervisor supervisor, SupervisedProcess primary,
            SubProcesses subProcesses, ServiceStreams streams) {
        this.libc = libc;
        this.log = log;
        this.plan = plan;
        this.supervisor = supervisor;
        this.primary = primary;
        this.subProcesses = subProcesses;
        this.streams = streams;
        signals = SignalFd.open(libc, SignalOwnership.FORWARDABLE);
        loop.watch(signals, Epoll.READABLE, readiness -> signals.drain(this::onSignal));
    }

    /** A stop that was asked for before anything was started: the signal, if there is one. */
    OptionalInt stopBeforeStart() {
        for (SignalFd.Received early : signals.receive()) {
            if (early.signal() == Signal.TERM.number() || endsAnIdleLauncher(early.signal())) {
                return OptionalInt.of(early.signal());
            }
        }
        return OptionalInt.empty();
    }

    private void onSignal(SignalFd.Received received) {
        int signal = received.signal();
        if (signal == Signal.CHLD.number()) {
            supervisor.reap();
            return;
        }
        if (received.fromTerminal() && streams.sharesTerminal()) {
            // The terminal has sent it to the service as well, which shares our group to read from there.
            log.debug("the terminal sent it to the service as well", "signal", Signal.name(signal));
            return;
        }
        if (signal == Signal.TERM.number() || endsAnIdleLauncher(signal)) {
            stop(received);
        } else {
            forward(received);
        }
        if (Signal.isTerminalStop(signal)) {
            libc.kill((int) libc.getpid(), Signal.STOP.number());
        }
    }

    /** While nothing runs, between two starts, there is nobody but us for it. */
    private boolean endsAnIdleLauncher(int signal) {
        boolean deadly =
                signal == Signal.INT.number() || signal == Signal.HUP.number() || signal == Signal.QUIT.number();
        return deadly && !primary.isRunning();
    }

    /** A second request ends the drain. */
    private void stop(SignalFd.Received received) {
        boolean second = primary.state().kind() == State.Kind.STOPPING;
        Signal signal = plan.config().stop().signal();
        log.info(second ? "stop requested again" : "stop requested",
                "signal", Signal.name(received.signal()), "sender", received.senderPid());
        primary.stop(
                Signal.name(received.signal()) + " from pid " + received.senderPid(),
                second ? OptionalInt.of(signal.number()) : OptionalInt.empty());
        record(received, signal.number());
    }

    private void forward(SignalFd.Received received) {
        boolean group = plan.config().stop().scope() == SignalScope.GROUP;
        boolean sent = false;
        try {
            sent = primary.signal(group, received.signal());
        } catch (LinuxException refused) {
            log.warn("cannot forward a signal", "problem", refused.getMessage());
        }
        log.info(sent ? "forwarding signal" : "nobody to forward a signal to",
                "signal", Signal.name(received.signal()), "sender", received.senderPid(), "pid", primary.pid());
        if (plan.config().type() != ConfigType.PYTHON) {
            // So did the monitor beside a Java service; the sub-processes of a Python service never got any.
            subProcesses.signal(received.signal());
        }
        record(received, received.signal());
    }

    private void record(SignalFd.Received received, int sent) {
        if (FlightRecording.isOn()) {
            SignalForwardedEvent event = new SignalForwardedEvent();
            event.received = Signal.name(received.signal());
            event.sent = Signal.name(sent);
            event.senderPid = received.senderPid();
            event.senderUid = received.senderUid();
            event.pid = primary.pid();
            event.target = plan.config().stop().scope().text();
            event.commit();
        }
    }

    void close() {
        signals.close();
    }
}
