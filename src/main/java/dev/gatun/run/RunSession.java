package dev.gatun.run;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.SignalForwardedEvent;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFile;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalOwnership;
import dev.gatun.linux.proc.ProcessTree;
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
    private final Narrator narrator;
    private final EventLoop loop;
    private final SignalFd signals;
    private final Supervisor supervisor;
    private final SupervisedProcess child;
    private final ProcessSetup setup;
    private final TerminalUse terminal;
    private final Optional<PidFile> pidFile;

    RunSession(Libc libc, RunOptions options, Narrator narrator, ProcessSetup setup, Optional<PidFile> pidFile) {
        this.libc = libc;
        this.options = options;
        this.narrator = narrator;
        this.setup = setup;
        this.pidFile = pidFile;
        loop = EventLoop.open(libc, problem -> narrator.problem("unexpected failure, going on", problem.toString()));
        signals = SignalFd.open(libc, SignalOwnership.FORWARDABLE);
        loop.watch(signals, Epoll.READABLE, readiness -> signals.drain(this::onSignal));
        ProcessTree processTree = new ProcessTree(libc);
        supervisor = new Supervisor(libc, loop, processTree, () -> ThreadLocalRandom.current().nextDouble(), this);
        child = supervisor.add(options.command().getFirst().toString(), setup, options.policy(),
                TreeScope.ALL_DESCENDANTS);
        terminal = TerminalUse.of(libc, options.child().place(), processTree, narrator);
    }

    /** Starts the child, stays to the end, and tells how it ended. */
    Outcome run() {
        terminal.prepare(setup);
        // What that brought upon us is taken at once: a TSTP that comes next would have the kernel forget a CONT.
        List<SignalFd.Received> early = signals.receive();
        child.start();
        letGo();
        for (SignalFd.Received signal : early) {
            onSignal(signal);
        }
        while (!child.state().kind().isTerminal()) {
            loop.runOnce();
        }
        signals.close();
        loop.close();
        State state = child.state();
        return state instanceof State.Exited exited ? exited.outcome() : ((State.Failed) state).outcome();
    }

    /** What was passed on is the child's now. */
    private void letGo() {
        ProcessControl control = new ProcessControl(libc);
        if (options.launcher().closesInherited()) {
            control.close(setup.keptDescriptors());
        }
        if (options.launcher().leavesFolder()) {
            control.enterFolder(CString.of("/"));
        }
    }

    private void onSignal(SignalFd.Received received) {
        int signal = received.signal();
        narrator.arrived(received);
        if (signal == Signal.CHLD.number()) {
            if (terminal.watchesStops()) {
                supervisor.observeStops();
            }
            supervisor.reap();
            return;
        }
        if (terminal.absorbs(received)) {
            narrator.absorbed(received);
            return;
        }
        if (signal == Signal.CONT.number()) {
            terminal.continued(child);
        }
        forward(received);
        if (options.signals().suspendsWithTerminalSignals() && Signal.isTerminalStop(signal)) {
            narrator.suspending();
            libc.kill((int) libc.getpid(), Signal.STOP.number());
        }
    }

    private void forward(SignalFd.Received received) {
        int signal = received.signal();
        int forwarded = options.signals().rewrites().apply(signal);
        if (forwarded == 0) {
            narrator.dropped(received);
            return;
        }
        boolean endsUs =
                options.signals().termStops() && (signal == Signal.TERM.number() || endsAnIdleLauncher(signal));
        if (endsUs) {
            stop(received, forwarded);
            return;
        }
        boolean sent = send(forwarded);
        report(received, forwarded, sent);
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
            narrator.problem("cannot forward signal", refused.getMessage());
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

    private void report(SignalFd.Received received, int forwarded, boolean sent) {
        Narrator.Forwarding forwarding =
                new Narrator.Forwarding(received, forwarded, child.pid(), options.signals().group(), sent);
        narrator.forwarded(forwarding);
        if (FlightRecording.isOn()) {
            SignalForwardedEvent event = new SignalForwardedEvent();
            event.received = Signal.name(received.signal());
            event.sent = Signal.name(forwarded);
            event.senderPid = received.senderPid();
            event.senderUid = received.senderUid();
            event.pid = child.pid();
            event.target = forwarding.target();
            event.commit();
        }
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        if (transition.to().kind() == State.Kind.RUNNING) {
            started(process);
        }
        narrator.changed(transition);
        if (transition.to().kind() == State.Kind.BACKING_OFF) {
            terminal.prepare(setup);
        }
    }

    private void started(SupervisedProcess process) {
        narrator.started(process.pid(), options.command().getFirst(), setup);
        if (pidFile.isPresent()) {
            try {
                pidFile.get().write(process.pid());
            } catch (LinuxException failure) {
                narrator.problem("cannot write the pid file", failure.getMessage());
            }
        }
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        narrator.ended(pid, change);
        terminal.childEnded(pid);
        int lastSignal = options.signals().rewrites().apply(Signal.TERM.number());
        if (options.signals().termGroupAtExit() && lastSignal != 0) {
            // Whoever is left in the group keeps its number from being used again.
            libc.kill(-pid, lastSignal);
        }
    }

    @Override
    public void onStopped(SupervisedProcess process, int signal) {
        narrator.stopped(process.pid(), signal);
        terminal.childStopped(process, signal);
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        narrator.orphanEnded(pid, change);
    }
}
