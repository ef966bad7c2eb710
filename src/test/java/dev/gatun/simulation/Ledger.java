package dev.gatun.simulation;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.Rung;
import dev.gatun.lifecycle.State;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.TreeScope;
import java.time.Duration;

/** The truth about one supervised process, to compare with what is said of it. */
final class Ledger {

    private static final long PATIENCE_NANOS = 3 * Kernel.NANOS_PER_SECOND;

    /** Uninterruptible waits of the programs are not longer than this. */
    private static final long LONGEST_DISK_WAIT_NANOS = 12 * Kernel.NANOS_PER_SECOND;

    private final Kernel kernel;
    private final int number;
    private final Scenario.Supervisee supervisee;

    SupervisedProcess process;

    /** Started and not waited for. */
    SimProcess leader;

    /** Number of the latest start. */
    private int start;

    /** The error that a start was refused with, until it is told. */
    int refusal;

    State last = new State.Idle();

    private long escalatingSince;
    private long treeEmptySince;

    Ledger(Kernel kernel, int number, Scenario.Supervisee supervisee) {
        this.kernel = kernel;
        this.number = number;
        this.supervisee = supervisee;
    }

    Policy policy() {
        return supervisee.policy();
    }

    TreeScope scope() {
        return supervisee.scope();
    }

    int number() {
        return number;
    }

    Violation violation(String what) {
        return new Violation("p" + number + ", " + process.state() + ": " + what);
    }

    /** Whether somebody is alive whom the supervisor can know to belong to the tree, the leader being gone. */
    boolean isTreeAlive() {
        return survivor() != null;
    }

    SimProcess survivor() {
        for (SimProcess candidate : kernel.processes.all()) {
            boolean ofThisStart = candidate.origin == number && candidate.start == start;
            boolean marked = candidate.group == process.pid() || candidate.session == process.pid();
            boolean belongs = scope() == TreeScope.OWN ? marked : candidate.descendsFrom(kernel.processes.us);
            if (candidate.isAlive() && ofThisStart && belongs) {
                return candidate;
            }
        }
        return null;
    }

    void launched(SimProcess started) {
        leader = started;
        start = started.start;
    }

    /** Whether our knowledge of a tree hangs on this number, the leader's or that of a leader which is gone. */
    boolean reliesOn(int pid) {
        boolean between = switch (last.kind()) {
            case STOPPING, BACKING_OFF, STARTING -> true;
            case IDLE, RUNNING, READY, EXITED, FAILED -> false;
        };
        return process != null && process.pid() == pid && (between || process.state().kind() == State.Kind.STOPPING);
    }

    void moved(State to) {
        boolean escalating = isEscalating(to);
        if (!escalating) {
            escalatingSince = 0;
        } else if (escalatingSince == 0) {
            escalatingSince = kernel.now();
        }
        last = to;
    }

    private boolean isEscalating(State state) {
        return policy().stop().escalates()
                && state instanceof State.Stopping stopping
                && stopping.rung() != Rung.REST_WAIT
                && stopping.rung() != Rung.FORWARDED;
    }

    /** What must be so whenever the loop is about to sleep. */
    void check() {
        State state = process.state();
        if (!state.equals(last)) {
            throw violation("the state was not published; the last one that was: " + last);
        }
        if (refusal != 0) {
            throw violation("a start was refused with errno " + refusal + ", and nobody was told");
        }
        checkLeader(state);
        checkStop();
        checkTree(state);
    }

    private void checkLeader(State state) {
        boolean expected = switch (state.kind()) {
            case IDLE, BACKING_OFF, EXITED, FAILED -> false;
            case STARTING -> throw violation("is starting while the loop sleeps");
            case RUNNING, READY -> true;
            case STOPPING -> !((State.Stopping) state).leaderGone();
        };
        if (expected != (leader != null)) {
            throw violation("the truth about its leader: " + leader);
        }
        if (expected && state.pid() != leader.pid) {
            throw violation("its leader is " + leader);
        }
        if (expected != process.isRunning()) {
            throw violation("says about running: " + process.isRunning());
        }
        if (leader != null && leader.isZombie() && kernel.now() - leader.diedNanos > PATIENCE_NANOS) {
            throw violation("nobody waits for its leader: " + leader);
        }
    }

    private void checkStop() {
        Duration ladder = policy().stop().drain()
                .plus(policy().stop().timeout())
                .plus(policy().stop().killConfirm().multipliedBy(3));
        long most = ladder.toNanos() + LONGEST_DISK_WAIT_NANOS + PATIENCE_NANOS;
        if (escalatingSince > 0 && isOutOfReach()) {
            escalatingSince = kernel.now();
        }
        if (escalatingSince > 0 && kernel.now() - escalatingSince > most) {
            throw violation("the stop does not come to its end; alive: " + survivor() + ", leader " + leader);
        }
    }

    /** Whether one of them is under a user whom we may not signal. */
    private boolean isOutOfReach() {
        return kernel.processes.all().stream()
                .anyMatch(each -> each.isAlive() && isConcerned(each) && !kernel.signals.mayWe(each));
    }

    private boolean isConcerned(SimProcess candidate) {
        boolean adopted = scope() == TreeScope.ALL_DESCENDANTS && candidate.descendsFrom(kernel.processes.us);
        return candidate.origin == number || adopted;
    }

    /** Who has left the group and the session may be awaited or not: it depends on when. */
    private boolean isAnybodyConcernedAlive() {
        return kernel.processes.all().stream().anyMatch(each -> each.isAlive() && isConcerned(each));
    }

    private void checkTree(State state) {
        boolean awaited = state instanceof State.Stopping stopping
                && stopping.leaderGone()
                && policy().rest() != Rest.LEAVE;
        boolean childless = scope() == TreeScope.OWN || kernel.processes.us.children.isEmpty();
        if (!awaited || isAnybodyConcernedAlive() || !childless) {
            treeEmptySince = Agenda.NEVER;
        } else if (treeEmptySince == Agenda.NEVER || treeEmptySince == 0) {
            treeEmptySince = kernel.now();
        } else if (kernel.now() - treeEmptySince > PATIENCE_NANOS) {
            throw violation("the tree is gone, and nobody has noticed");
        }
    }
}
