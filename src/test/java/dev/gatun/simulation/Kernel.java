package dev.gatun.simulation;

import java.util.function.Supplier;

/** The clock, the agenda and what hangs on them. */
final class Kernel {

    static final long NANOS_PER_MILLI = 1_000_000;
    static final long NANOS_PER_SECOND = 1_000_000_000;
    static final long NANOS_PER_TICK = 10 * NANOS_PER_MILLI;

    final Dice dice;
    final Trace trace;
    final Faults faults;
    final Agenda agenda = new Agenda();
    final ProcessTable processes;
    final Descriptors descriptors;
    final Inbox inbox;
    final Deaths deaths;
    final Signals signals;
    final Runner runner;
    final Witness witness;

    private static final int MAX_CALLS_IN_TURN = 100_000;

    private final boolean root;
    private long now = NANOS_PER_SECOND;
    private long wallStep;
    private boolean elsewhere;
    private int idleReturns;
    private int callsInTurn;

    Kernel(Scenario scenario, Dice dice, Trace trace, Witness witness) {
        this.dice = dice;
        this.trace = trace;
        this.witness = witness;
        root = scenario.root();
        faults = new Faults(this, scenario.faults(), dice.split());
        processes = new ProcessTable(this, scenario.role(), scenario.pidSpace());
        descriptors = new Descriptors(this);
        inbox = new Inbox(this);
        deaths = new Deaths(this);
        signals = new Signals(this);
        runner = new Runner(this);
    }

    long now() {
        return now;
    }

    long wallNow() {
        return now + wallStep;
    }

    void stepWallClock(long nanos) {
        wallStep += nanos;
        trace(() -> "the wall clock is set by " + nanos / NANOS_PER_SECOND + " s");
    }

    boolean weAreRoot() {
        return root;
    }

    void trace(Supplier<String> line) {
        trace.add(now, line);
    }

    void after(long nanos, Runnable happening) {
        agenda.at(now + nanos, happening);
    }

    /** A call of ours takes time, and the world does not wait. Calls that belong to a happening take none. */
    void spend(long nanos) {
        if (!elsewhere) {
            if (++callsInTurn > MAX_CALLS_IN_TURN) {
                throw new Violation("busy: " + MAX_CALLS_IN_TURN + " calls in one turn of the loop");
            }
            runUntil(now + nanos);
        }
    }

    private void runUntil(long moment) {
        elsewhere = true;
        try {
            while (agenda.nextNanos() <= moment) {
                now = Math.max(now, agenda.nextNanos());
                idleReturns = 0;
                agenda.removeNext().run();
            }
            now = moment;
        } finally {
            elsewhere = false;
        }
    }

    /** When something will happen next, {@link Agenda#NEVER} for the end of all motion. */
    private long nextMoment() {
        return Math.min(agenda.nextNanos(), descriptors.nextExpiry());
    }

    /** Sleeps until something happens. */
    void sleep() {
        long next = nextMoment();
        if (next == Agenda.NEVER) {
            throw new Quiet();
        }
        idleReturns = 0;
        runUntil(Math.max(now, next));
    }

    /** A wait returned with events: without anything new in between it must not do so for long. */
    void returned() {
        callsInTurn = 0;
        if (++idleReturns > 100) {
            throw new Violation("busy: 100 returns of epoll_wait, and nothing has happened in between");
        }
    }
}
