package dev.gatun.service;

import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import dev.gatun.service.config.StartOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A service while it runs: the primary process, the ones beside it, and the signals between us and them. Everything
 * happens on the thread that calls {@link #run}, which is also the one that the parent death signals go by.
 */
final class ServiceSession implements ProcessListener {

    private final Libc libc;
    private final Log log;
    private final ServicePlan plan;
    private final EventLoop loop;
    private final ServiceSignals signals;
    private final ProcessTree processTree;
    private final Supervisor supervisor;
    private final SupervisedProcess primary;
    private final SubProcesses subProcesses;
    private final Leftovers leftovers;
    private final ServiceFigures figures;
    private final ServiceReadiness readiness;
    private final MemoryWatch memory;
    private final ServiceStreams streams;
    private final Instances instances;

    /**
     * Opens all that the session needs, so that what is missing is found before anything is started.
     *
     * @throws LaunchFailure or LinuxException naming what is missing
     */
    ServiceSession(Libc libc, Log log, ServicePlan plan, Instances instances) {
        this.libc = libc;
        this.log = log;
        this.plan = plan;
        this.instances = instances;
        loop = EventLoop.open(libc, problem -> log.error("unexpected failure, going on", "problem", problem));
        if (libc.getpid() != 1) {
            new ProcessControl(libc).becomeSubreaper();
        }
        processTree = new ProcessTree(libc);
        supervisor = new Supervisor(libc, loop, processTree, () -> ThreadLocalRandom.current().nextDouble(), this);
        figures = new ServiceFigures(loop);
        streams = new ServiceStreams(libc, loop, log, plan);
        readiness = new ServiceReadiness(libc, loop, log, plan, supervisor, figures, this::watchedBytes);
        primary = addPrimary();
        subProcesses = new SubProcesses(log);
        addSubProcesses();
        signals = new ServiceSignals(libc, loop, log, plan, supervisor, primary, subProcesses, streams);
        memory = new MemoryWatch(libc, loop, log, plan, supervisor, primary, subProcesses);
        primary.onKilled(memory::oomEvidence);
        leftovers = new Leftovers(libc, loop, processTree, plan.config().stop().timeout(), log);
    }

    private SupervisedProcess addPrimary() {
        ProcessSetup setup = new ServiceSetup(libc, plan).of(plan.primary(), readiness.environment());
        streams.applyTo(setup);
        TreeScope scope = plan.subProcesses().isEmpty() ? TreeScope.ALL_DESCENDANTS : TreeScope.OWN;
        return supervisor.add(plan.primary().name(), setup, Policies.ofPrimary(plan.config()), scope);
    }

    private void addSubProcesses() {
        for (ServicePlan.SubProcessPlan one : plan.subProcesses()) {
            ProcessPlan process = one.process();
            ProcessSetup setup = new ServiceSetup(libc, plan).of(process, Map.of());
            streams.applyToSubProcess(setup, process.name());
            subProcesses.add(one.order(), supervisor.add(
                    process.name(), setup, Policies.ofSubProcess(plan.config(), process.restart()), TreeScope.OWN));
        }
    }

    /** The figure for those who ask; the watchdog is made last. */
    private long watchedBytes() {
        return memory.lastBytes();
    }

    /** A stop that was asked for before anything was started: the signal, if there is one. */
    OptionalInt stopBeforeStart() {
        return signals.stopBeforeStart();
    }

    /**
     * Starts the primary process, and before it whatever is to be started before it.
     *
     * @throws LaunchFailure when it cannot be started and is not tried again
     */
    String start() {
        subProcesses.start(StartOrder.BEFORE);
        primary.start();
        if (primary.state() instanceof State.Failed failed
                && failed.outcome() instanceof Outcome.SpawnFailed notStarted) {
            throw new LaunchFailure(
                    LaunchStep.SPAWN, "failed to start process: " + notStarted.failure().describe());
        }
        return primary.isRunning()
                ? "pid " + primary.pid()
                : "not yet: " + primary.state().kind().name().toLowerCase(Locale.ROOT);
    }

    String openReadiness() {
        return readiness.open();
    }

    String startWatchdog() {
        return memory.open();
    }

    String startOthers() {
        subProcesses.start(StartOrder.AFTER);
        return subProcesses.describe();
    }

    /** Stays until all is over, and tells how the primary process ended. */
    Outcome run() {
        while (!isOver()) {
            loop.runOnce();
        }
        State state = primary.state();
        return state instanceof State.Exited exited ? exited.outcome() : ((State.Failed) state).outcome();
    }

    /** Ends at once what was started, after a failure half way. */
    void abandon(String reason) {
        primary.stop(reason, OptionalInt.empty());
        subProcesses.stop(reason);
        if (primary.state().kind() != State.Kind.IDLE) {
            run();
        }
    }

    private boolean isOver() {
        return primary.state().kind().isTerminal() && subProcesses.areGone()
                && (subProcesses.isEmpty() || leftovers.areGone());
    }

    /** Lets go of everything. */
    void close() {
        readiness.close();
        memory.close();
        streams.close();
        signals.close();
        loop.close();
    }

    /** The last lines of its output, where that is captured. */
    List<String> lastLines() {
        return streams.lastLines();
    }

    boolean watchdogTriggered() {
        return memory.triggered();
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        if (process == primary) {
            onPrimary(transition);
        } else if (subProcesses.contains(process)) {
            TransitionLog.tell(log, "sub-process " + process.name(), process.pid(), transition);
            instances.changed(process, transition);
            if (hasStarted(transition)) {
                memory.leaveOut(process.pid());
            }
        }
    }

    private void onPrimary(Transition transition) {
        figures.changed(transition);
        TransitionLog.tell(log, "service", primary.pid(), transition);
        instances.changed(primary, transition);
        switch (transition.to().kind()) {
            case RUNNING -> {
                if (hasStarted(transition)) {
                    memory.runStarted();
                    readiness.started();
                }
            }
            case READY -> readiness.becameReady();
            case STOPPING -> {
                readiness.stopping(transition.reason());
                if (isKilledForItsMemory(transition)) {
                    memory.graceExpired();
                }
            }
            case BACKING_OFF, STARTING -> {
                memory.runEnded();
                readiness.stopping(transition.reason());
            }
            case EXITED, FAILED -> {
                memory.runEnded();
                readiness.stopping("ended: " + transition.reason());
                subProcesses.stop("the service has ended");
            }
            case IDLE -> {}
        }
    }

    private static boolean isKilledForItsMemory(Transition transition) {
        return transition.to() instanceof State.Stopping now
                && now.cause().kind() == Event.Kind.LIMIT_EXCEEDED
                && now.kills() == 1
                && transition.from() instanceof State.Stopping before
                && before.kills() == 0;
    }

    private static boolean hasStarted(Transition transition) {
        return transition.to().kind() == State.Kind.RUNNING && transition.from().kind() == State.Kind.STARTING;
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        log.debug("process ended", "process", process.name(), "pid", pid, "status", change.status(),
                "cpu_ms", change.cpuMicros() / 1000, "max_rss", change.maxRssBytes());
        streams.drain();
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        log.debug("orphan ended", "pid", pid, "status", change.status());
    }

    @Override
    public void startProbing(SupervisedProcess process) {
        readiness.startProbing(process);
    }

    @Override
    public void stopProbing(SupervisedProcess process) {
        readiness.stopProbing();
    }

    /** Where the pid of the primary process is to be found. */
    String describePidFile() {
        return instances.describe();
    }
}
