package dev.gatun.run;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.SignalForwardedEvent;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFile;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The run itself: one loop, one supervised process, and the signals between the two. Everything happens on the thread
 * that calls {@link #run}, which is also the one that the child's parent death signal goes by.
 */
final class RunSession implements ProcessListener {

    private final Libc libc;
    private final RunOptions options;
    private final Log log;
    private final EventLoop loop;
    private final SignalFd signals;
    private final Supervisor supervisor;
    private final SupervisedProcess child;
    private final ProcessSetup setup;
    private final Optional<JobControl> jobControl;
    private final Optional<PidFile> pidFile;

    RunSession(Libc libc, RunOptions options, Log log, ProcessSetup setup, Optional<PidFile> pidFile) {
        this.libc = libc;
        this.options = options;
        this.log = log;
        this.setup = setup;
        this.pidFile = pidFile;
        loop = EventLoop.open(libc, problem -> log.error("unexpected failure, going on", "problem", problem));
        signals = SignalFd.open(libc, SignalOwnership.FORWARDABLE);
        loop.watch(signals, Epoll.READABLE, readiness -> onSignals());
        ProcessTree processTree = new ProcessTree(libc);
        supervisor = new Supervisor(libc, loop, processTree, () -> ThreadLocalRandom.current().nextDouble(), this);
        child = supervisor.add(options.command().getFirst().toString(), setup, options.policy(), TreeScope.ALL_DESCENDANTS);
        // In a session of its own the child is out of the shell's job control, and of ours.
        jobControl = options.child().newSession() ? Optional.empty() : JobControl.find(libc, processTree);
    }

    /** Starts the child, stays to the end, and tells how it ended. */
    Outcome run() {
        prepareSpawn();
        child.start();
        while (!child.state().kind().isTerminal()) {
            loop.runOnce();
        }
        signals.close();
        loop.close();
        State state = child.state();
        return state instanceof State.Exited exited ? exited.outcome() : ((State.Failed) state).outcome();
    }

    private void prepareSpawn() {
        if (jobControl.isPresent()) {
            jobControl.get().prepare(setup);
        }
    }

    private void onSignals() {
        List<SignalFd.Received> received = signals.receive();
        while (!received.isEmpty()) {
            for (SignalFd.Received signal : received) {
                onSignal(signal);
            }
            received = signals.receive();
        }
    }

    private void onSignal(SignalFd.Received received) {
        int signal = received.signal();
        if (signal == Signal.CHLD.number()) {
            if (jobControl.isPresent()) {
                supervisor.observeStops();
            }
            supervisor.reap();
            return;
        }
        if (received.fromTerminal() && jobControl.isPresent() && jobControl.get().terminalReachesChild()) {
            log.debug("the terminal sent it to the child as well", "signal", Signal.name(signal));
            return;
        }
        if (signal == Signal.CONT.number() && jobControl.isPresent()) {
            jobControl.get().continued(child);
        }
        forward(received);
    }

    private void forward(SignalFd.Received received) {
        int signal = received.signal();
        int forwarded = options.signals().rewrites().apply(signal);
        if (forwarded == 0) {
            log.info("dropping signal", "signal", Signal.name(signal), "sender", received.senderPid());
            return;
        }
        boolean endsUs = options.signals().termStops() && (signal == Signal.TERM.number() || endsAnIdleLauncher(signal));
        if (endsUs) {
            stop(received, forwarded);
            return;
        }
        boolean sent = send(forwarded);
        report(received, forwarded, sent);
        if (options.signals().suspendsWithTerminalSignals() && isTerminalStop(signal)) {
            libc.kill((int) libc.getpid(), Signal.STOP.number());
        }
    }

    /** Ctrl-C while nothing runs, between two starts or while we wait for the rest, has nobody to go to but us. */
    private boolean endsAnIdleLauncher(int signal) {
        boolean deadly =
                signal == Signal.INT.number() || signal == Signal.HUP.number() || signal == Signal.QUIT.number();
        return deadly && !child.isRunning();
    }

    private boolean send(int signal) {
        try {
            return child.signal(options.signals().group(), signal);
        } catch (LinuxException refused) {
            log.warn("cannot forward signal", "problem", refused.getMessage());
            return false;
        }
    }

    /** A second TERM ends the drain, and after the drain goes on to the child like the first. */
    private void stop(SignalFd.Received received, int forwarded) {
        boolean rewritten = options.signals().rewrites().isRewritten(Signal.TERM.number());
        OptionalInt signal = rewritten ? OptionalInt.of(forwarded) : OptionalInt.empty();
        boolean second = child.state().kind() == State.Kind.STOPPING;
        child.stop(
                Signal.name(received.signal()) + " from pid " + received.senderPid(),
                second ? OptionalInt.of(rewritten ? forwarded : options.policy().stop().signal()) : signal);
        report(received, rewritten ? forwarded : options.policy().stop().signal(), true);
    }

    private static boolean isTerminalStop(int signal) {
        return signal == Signal.TSTP.number() || signal == Signal.TTIN.number() || signal == Signal.TTOU.number();
    }

    private void report(SignalFd.Received received, int forwarded, boolean sent) {
        String target = options.signals().group() ? "group" : "leader";
        if (log.isEnabled(Level.INFO)) {
            log.info(
                    sent ? "forwarding signal" : "nobody to forward a signal to",
                    "signal",
                    Signal.name(received.signal()),
                    "as",
                    Signal.name(forwarded),
                    "sender",
                    received.senderPid(),
                    "pid",
                    child.pid(),
                    "target",
                    target);
        }
        if (FlightRecording.isOn()) {
            SignalForwardedEvent event = new SignalForwardedEvent();
            event.received = Signal.name(received.signal());
            event.sent = Signal.name(forwarded);
            event.senderPid = received.senderPid();
            event.senderUid = received.senderUid();
            event.pid = child.pid();
            event.target = target;
            event.commit();
        }
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        State.Kind to = transition.to().kind();
        switch (to) {
            case RUNNING -> started(process);
            case BACKING_OFF -> {
                log.warn(transition.reason());
                prepareSpawn();
            }
            case STOPPING -> log.log(isKill(transition) ? Level.WARN : Level.INFO, transition.reason());
            case IDLE, STARTING, READY, EXITED, FAILED -> log.info(to + ": " + transition.reason());
        }
    }

    private static boolean isKill(Transition transition) {
        return transition.to() instanceof State.Stopping stopping && stopping.kills() > 0;
    }

    private void started(SupervisedProcess process) {
        log.info("started", "pid", process.pid(), "command", setup.commandLine());
        if (pidFile.isPresent()) {
            try {
                pidFile.get().write(process.pid());
            } catch (LinuxException failure) {
                log.warn("cannot write the pid file", "problem", failure.getMessage());
            }
        }
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        log.info("ended", "pid", pid, "how", change.status(), "cpu-ms", change.cpuMicros() / 1000);
        if (jobControl.isPresent()) {
            jobControl.get().childEnded(pid);
        }
        if (options.signals().termGroupAtExit()) {
            libc.kill(-pid, Signal.TERM.number());
        }
    }

    @Override
    public void onStopped(SupervisedProcess process, int signal) {
        log.info("stopped", "pid", process.pid(), "signal", Signal.name(signal));
        if (jobControl.isPresent()) {
            jobControl.get().childStopped(process, signal);
        }
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        Level level = options.launcher().warnAboutStrangers() ? Level.WARN : Level.DEBUG;
        log.log(level, "reaped an orphan", "pid", pid, "how", change.status());
    }
}
