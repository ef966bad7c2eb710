package dev.gatun.simulation;

import dev.gatun.lifecycle.Event;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.Children;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.TreeScope;
import java.util.ArrayList;
import java.util.List;

/** Hears what the kernel does for us and what the supervisor says of it, and complains where the two differ. */
final class Invariants implements Witness, ProcessListener {

    private static final long PATIENCE_NANOS = 3 * Kernel.NANOS_PER_SECOND;
    private static final long LATEST_START_NANOS = 2 * Kernel.NANOS_PER_SECOND;

    private final List<Ledger> ledgers = new ArrayList<>();
    private final List<SimProcess> untold = new ArrayList<>();
    private final Coverage coverage;
    private Kernel kernel;
    private boolean waitsForStrangers;

    /** Whether somebody asked us to send a signal, rather than to stop. */
    private boolean forwarding;

    Invariants(Coverage coverage) {
        this.coverage = coverage;
    }

    void observe(Kernel observed, Scenario scenario) {
        kernel = observed;
        waitsForStrangers = scenario.role() != Scenario.Role.EMBEDDED;
        for (Scenario.Supervisee supervisee : scenario.supervisees()) {
            ledgers.add(new Ledger(kernel, ledgers.size(), supervisee));
        }
    }

    Ledger ledger(int number) {
        return ledgers.get(number);
    }

    List<Ledger> ledgers() {
        return ledgers;
    }

    private Ledger ledger(SupervisedProcess process) {
        return ledgers.get(Integer.parseInt(process.name().substring(1)));
    }

    void forward(Runnable signal) {
        forwarding = true;
        try {
            signal.run();
        } finally {
            forwarding = false;
        }
    }

    @Override
    public void launching(int supervised) {
        Ledger ledger = ledgers.get(supervised);
        if (ledger.leader != null) {
            throw ledger.violation("a second leader, while there is " + ledger.leader);
        }
        if (ledger.policy().rest() != Rest.LEAVE && ledger.process.pid() != 0 && ledger.isTreeAlive()) {
            throw ledger.violation("a new start, and of the last is alive " + ledger.survivor());
        }
    }

    @Override
    public void launched(SimProcess leader) {
        ledgers.get(leader.origin).launched(leader);
    }

    @Override
    public void launchFailed(int supervised, long call, int errno) {
        ledgers.get(supervised).refusal = errno;
    }

    @Override
    public void signalled(SimProcess target, int signal) {
        if (target.origin == SimProcess.STRANGER) {
            boolean ours = target.descendsFrom(kernel.processes.us);
            if (!ours || ledgers.get(0).scope() == TreeScope.OWN) {
                throw new Violation("signal " + signal + " to a stranger: " + target);
            }
        } else if (!forwarding && ledgers.get(target.origin).process.state().kind() != State.Kind.STOPPING) {
            throw ledgers.get(target.origin).violation("signal " + signal + " to " + target + " without a stop");
        }
    }

    @Override
    public void reaped(SimProcess child) {
        if (child.leader && child.started) {
            ledgers.get(child.origin).leader = null;
        }
        if (!child.leader || child.started) {
            untold.add(child);
        }
    }

    private SimProcess tell(int pid, Children.Change change) {
        for (SimProcess child : untold) {
            if (child.pid == pid) {
                untold.remove(child);
                if (child.waitStatus != change.status().raw()) {
                    throw new Violation("told " + change.status() + " of " + child);
                }
                return child;
            }
        }
        throw new Violation("told of an end that was not waited for: " + pid);
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        Ledger ledger = ledger(process);
        SimProcess child = tell(pid, change);
        kernel.trace(() -> "p" + ledger.number() + " has lost its leader " + pid + ": " + change.status());
        if (!child.leader || child.origin != ledger.number()) {
            throw ledger.violation("is told the end of " + child);
        }
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        SimProcess child = tell(pid, change);
        kernel.trace(() -> "a stranger: " + child);
        if (child.leader) {
            throw new Violation("a leader is waited for as a stranger: " + child);
        }
        coverage.count("stranger waited for");
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        Ledger ledger = ledger(process);
        kernel.trace(() -> process.name() + ": " + transition.from().kind() + " to " + transition.to() + " by "
                + transition.cause().kind() + ": " + transition.reason());
        coverage.transition(transition);
        if (!transition.from().equals(ledger.last)) {
            throw ledger.violation("a transition from " + transition.from() + " after one to " + ledger.last);
        }
        if (!transition.to().equals(process.state())) {
            throw ledger.violation("a transition to " + transition.to());
        }
        boolean over = transition.to().kind() != State.Kind.STARTING;
        if (transition.cause().kind() == Event.Kind.TREE_GONE && over && ledger.isTreeAlive()) {
            throw ledger.violation("the tree is said to be gone, and there is " + ledger.survivor());
        }
        checkRefusal(ledger, transition);
        checkStartTime(ledger, transition);
        ledger.moved(transition.to());
    }

    private static void checkRefusal(Ledger ledger, Transition transition) {
        if (!(transition.cause() instanceof Event.SpawnFailed failed)) {
            return;
        }
        if (ledger.refusal == 0 || failed.failure().errno() != ledger.refusal) {
            throw ledger.violation("told " + failed.failure() + ", and the truth is errno " + ledger.refusal);
        }
        if (transition.to() instanceof State.Failed state && !(state.outcome() instanceof Outcome.SpawnFailed)) {
            throw ledger.violation("not taken for a failed start: " + state.outcome());
        }
        ledger.refusal = 0;
    }

    private void checkStartTime(Ledger ledger, Transition transition) {
        if (transition.from() instanceof State.BackingOff waiting
                && transition.cause().kind() == Event.Kind.TIMER_FIRED) {
            long late = kernel.now() - waiting.untilNanos();
            if (late < 0 || late > LATEST_START_NANOS) {
                throw ledger.violation("the start after a back-off is late by " + late + " ns");
            }
        }
    }

    /** What must be so whenever the loop is about to sleep. */
    void check() {
        if (!untold.isEmpty()) {
            throw new Violation("waited for, and nobody was told: " + untold);
        }
        for (SimProcess child : kernel.processes.us.children) {
            boolean ignored = child.isZombie() && kernel.now() - child.toldNanos > PATIENCE_NANOS;
            if (ignored && waitsForStrangers) {
                throw new Violation("nobody waits for " + child);
            }
        }
        ledgers.forEach(Ledger::check);
    }

    /** What must be so when nothing moves any more. */
    void checkEnd() {
        check();
        for (Ledger ledger : ledgers) {
            State.Kind kind = ledger.process.state().kind();
            if (!kind.isTerminal() && kind != State.Kind.IDLE) {
                throw ledger.violation("nothing will happen any more, and it is not over; leader " + ledger.leader
                        + ", survivor " + ledger.survivor());
            }
        }
        for (SimProcess child : kernel.processes.us.children) {
            if (child.isZombie() && waitsForStrangers) {
                throw new Violation("nobody has waited for " + child);
            }
        }
        if (kernel.descriptors.isTimerArmed()) {
            throw new Violation("all is over, and a timer is armed");
        }
    }
}
