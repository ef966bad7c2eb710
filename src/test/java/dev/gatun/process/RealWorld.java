package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A supervisor on the real kernel, and what it has told. The test's thread is the loop's. */
final class RealWorld implements ProcessListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The end of a leader. */
    record Exit(SupervisedProcess process, int pid, Children.Change change) {}

    final Libc libc = new SystemLibc();
    final EventLoop loop = EventLoop.open(libc, this::onError);
    final List<Transition> transitions = new ArrayList<>();
    final List<Exit> exits = new ArrayList<>();
    final List<Integer> strangers = new ArrayList<>();
    final Supervisor supervisor = new Supervisor(libc, loop, new ProcessTree(libc), () -> 0.5, this);
    private final List<SupervisedProcess> processes = new ArrayList<>();
    private final List<PidFd> descendants = new ArrayList<>();
    private Throwable problem;
    private boolean expired;

    /** A process that runs a script. */
    ProcessSetup shell(String script) {
        return program("/bin/sh", "-c", script);
    }

    ProcessSetup program(String path, String... arguments) {
        List<CString> all = new ArrayList<>(List.of(CString.of(path)));
        all.addAll(CString.listOf(arguments));
        // What a failed test leaves behind must not hold on to the streams of this JVM.
        return new ProcessSetup(CString.of(path), all, CString.listOf("PATH=" + System.getenv("PATH")))
                .streams(new Redirect.Discard(), new Redirect.Discard(), new Redirect.Discard());
    }

    SupervisedProcess add(String name, ProcessSetup setup, Policy policy) {
        return add(name, setup, policy, TreeScope.OWN);
    }

    SupervisedProcess add(String name, ProcessSetup setup, Policy policy, TreeScope scope) {
        SupervisedProcess process = supervisor.add(name, setup, policy, scope);
        processes.add(process);
        return process;
    }

    /** Starts it with its standard output in a pipe, and reads a line from there. */
    String startAndReadLine(SupervisedProcess process, ProcessSetup setup) {
        try (Pipe pipe = Pipe.open(libc)) {
            setup.streams(new Redirect.Discard(), new Redirect.ToPipe(pipe.writeEnd()), new Redirect.Discard());
            process.start();
            pipe.writeEnd().close();
            LineReader reader = new LineReader(pipe.readEnd());
            Watch watch = loop.watch(pipe.readEnd(), Epoll.READABLE, readiness -> reader.read());
            until("a line of " + process.name(), reader::hasLine);
            watch.cancel();
            return reader.line();
        }
    }

    /** Turns the loop until something is so. */
    void until(String what, BooleanSupplier condition) {
        expired = false;
        Timer deadline = loop.schedule(PATIENCE, () -> expired = true);
        while (!condition.getAsBoolean()) {
            loop.runOnce();
            assertThat(problem).as("what a handler threw").isNull();
            assertThat(expired).as("still waiting for %s after %s: %s", what, PATIENCE, states()).isFalse();
        }
        deadline.cancel();
    }

    private String states() {
        StringBuilder states = new StringBuilder();
        processes.forEach(process -> states.append(process.name()).append(": ").append(process.state()).append(' '));
        return states.toString();
    }

    void untilOver(SupervisedProcess process) {
        until("the end of " + process.name(), () -> process.state().kind().isTerminal());
    }

    /** Opens a process that is not our child, to see its end; what is still there at the end of the test is killed. */
    PidFd open(int pid) {
        PidFd process = PidFd.open(libc, pid).orElseThrow();
        descendants.add(process);
        return process;
    }

    void untilEnded(PidFd process) {
        boolean[] ended = new boolean[1];
        Watch watch = loop.watch(process, Epoll.READABLE, readiness -> ended[0] = true);
        until("the end of a descendant", () -> ended[0]);
        watch.cancel();
        process.close();
    }

    List<State.Kind> kinds() {
        return transitions.stream().map(transition -> transition.to().kind()).toList();
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        transitions.add(transition);
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        exits.add(new Exit(process, pid, change));
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        strangers.add(pid);
    }

    private void onError(Throwable thrown) {
        problem = Optional.ofNullable(problem).orElse(thrown);
    }

    /** Leaves no process behind, whatever has failed. */
    @Override
    public void close() {
        problem = null;
        for (PidFd descendant : descendants) {
            // One that goes on would hold the output of the test run open, whose reader then waits for it.
            if (descendant.isOpen()) {
                descendant.send(Signal.KILL.number());
                descendant.close();
            }
        }
        for (SupervisedProcess process : processes) {
            if (process.isRunning()) {
                process.signal(false, 9);
            }
        }
        until("the end of all leaders", () -> processes.stream().noneMatch(SupervisedProcess::isRunning));
        loop.close();
    }
}
