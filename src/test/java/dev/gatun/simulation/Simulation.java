package dev.gatun.simulation;

import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.StandardStream;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import dev.gatun.log.LogFormat;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import java.util.List;
import java.util.Optional;

/** One run of one seed. */
final class Simulation implements ProcessListener {

    private static final int MAX_TURNS = 200_000;

    private final Trace trace;
    private final Scenario scenario;
    private final Invariants invariants;
    private final Coverage coverage = new Coverage();
    private final Kernel kernel;
    private final SimulatedLibc libc;
    private final Dice dice;
    private final EventLoop loop;
    private final Log log;
    private final Deeds deeds;
    private final Optional<FrontDoor> frontDoor;
    private Throwable problem;

    private Simulation(long seed, boolean traced) {
        dice = new Dice(seed);
        trace = new Trace(traced);
        scenario = Scenario.draw(dice.split());
        invariants = new Invariants(coverage);
        kernel = new Kernel(scenario, dice.split(), trace, invariants);
        invariants.observe(kernel, scenario);
        kernel.trace(scenario::toString);
        libc = new SimulatedLibc(kernel, new ProgramFiles(scenario.supervisees()));
        loop = EventLoop.open(libc, this::onError);
        log = new Log(libc, StandardStream.error(libc), "sim", Level.INFO, LogFormat.TEXT);
        Supervisor supervisor = new Supervisor(
                libc, loop, new ProcessTree(libc, kernel.processes::listing), dice.split()::unit, this);
        frontDoor = scenario.role() == Scenario.Role.EMBEDDED
                ? Optional.empty()
                : Optional.of(new FrontDoor(libc, loop, supervisor, scenario.jobControl()));
        invariants.ledgers().forEach(ledger -> add(supervisor, ledger));
        deeds = new Deeds(kernel, loop, invariants, scenario, dice.split());
    }

    private void add(Supervisor supervisor, Ledger ledger) {
        Scenario.Supervisee supervisee = scenario.supervisees().get(ledger.number());
        CString program = CString.of(ProgramFiles.path(ledger.number()));
        ProcessSetup setup = new ProcessSetup(program, List.of(program), List.of()).grouping(supervisee.grouping());
        ledger.process = supervisor.add("p" + ledger.number(), setup, supervisee.policy(), supervisee.scope());
        frontDoor.ifPresent(door -> door.add(ledger.process));
    }

    /** Runs a seed; the answer is what it has covered. */
    static Coverage run(long seed) {
        return new Simulation(seed, false).run();
    }

    /** Runs a seed that fails, and tells how it came to that. */
    static String explain(long seed) {
        Simulation simulation = new Simulation(seed, true);
        try {
            simulation.run();
            return simulation.trace.text() + "\n(this time without a failure)";
        } catch (Throwable failure) {
            return simulation.trace.text() + "\n" + failure;
        }
    }

    private Coverage run() {
        kernel.faults.begin();
        deeds.plan();
        try {
            for (int turn = 0; turn < MAX_TURNS; turn++) {
                turn();
            }
        } catch (Quiet quiet) {
            end();
            coverage.faults(kernel.faults);
            return coverage;
        }
        throw new Violation("no end after " + MAX_TURNS + " turns of the loop");
    }

    private void turn() {
        loop.runOnce();
        if (problem != null) {
            throw new AssertionError("a handler failed: " + problem, problem);
        }
        invariants.check();
    }

    private void end() {
        invariants.checkEnd();
        frontDoor.ifPresent(FrontDoor::close);
        kernel.descriptors.ending();
        loop.close();
        if (!kernel.descriptors.open().isEmpty()) {
            throw new Violation("descriptors are left open: " + kernel.descriptors.open());
        }
    }

    /** A listener that has a bug of its own. */
    private static final class ListenerFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private void failSometimes() {
        if (!deeds.isEnding() && dice.chance(scenario.restlessness() / 2)) {
            kernel.trace(() -> "the listener fails");
            coverage.count("failing listener");
            throw new ListenerFailure();
        }
    }

    private void onError(Throwable thrown) {
        if (problem == null && !(thrown instanceof ListenerFailure)) {
            problem = thrown;
        }
    }

    @Override
    public void onTransition(SupervisedProcess process, Transition transition) {
        invariants.onTransition(process, transition);
        log.info(transition.reason(), "process", process.name());
        if (!deeds.isEnding() && dice.chance(scenario.restlessness())) {
            Scenario.Kind kind = dice.any(Scenario.Kind.values());
            int number = dice.below(scenario.supervisees().size());
            kernel.trace(() -> "the listener asks for " + kind + " of p" + number);
            deeds.ask(kind, number);
        }
        failSometimes();
    }

    @Override
    public void onExit(SupervisedProcess process, int pid, Children.Change change) {
        invariants.onExit(process, pid, change);
        failSometimes();
    }

    @Override
    public void onStopped(SupervisedProcess process, int signal) {
        coverage.count("stop of a leader told");
    }

    @Override
    public void onStranger(int pid, Children.Change change) {
        invariants.onStranger(pid, change);
        failSometimes();
    }
}
