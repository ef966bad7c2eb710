package dev.gatun.simulation;

import dev.gatun.linux.LinuxException;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.SupervisedProcess;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out what people and other programs do to this world. What concerns us comes by another thread's post. */
final class Deeds {

    private static final long MILLI = Kernel.NANOS_PER_MILLI;
    private static final int MAX_STRANGERS = 40;

    /** Long after the end: those that nobody could stop are killed by an administrator. */
    private static final long ADMINISTRATOR_AFTER = 60 * Kernel.NANOS_PER_SECOND;

    private final Kernel kernel;
    private final EventLoop loop;
    private final Invariants invariants;
    private final Programs programs;
    private final Dice dice;
    private final Scenario scenario;
    private int strangers;
    private boolean ending;

    Deeds(Kernel kernel, EventLoop loop, Invariants invariants, Scenario scenario, Dice dice) {
        this.kernel = kernel;
        this.loop = loop;
        this.invariants = invariants;
        this.scenario = scenario;
        this.dice = dice;
        programs = new Programs(dice);
    }

    void plan() {
        for (Scenario.Deed deed : scenario.acts()) {
            kernel.after(deed.nanos(), () -> carryOut(deed.kind(), deed.supervised()));
        }
        kernel.processes.onFreed(this::freed);
        kernel.processes.reserve(this::isReliedOn);
        kernel.after(scenario.endNanos(), this::end);
    }

    /**
     * A stranger may get the number of a leader that is gone while we still look for its group; see {@link
     * Programs#stranger} for what may not happen then.
     */
    private boolean isReliedOn(int pid) {
        return invariants.ledgers().stream().anyMatch(ledger -> ledger.reliesOn(pid));
    }

    boolean isEnding() {
        return ending;
    }

    private SupervisedProcess process(int number) {
        return invariants.ledger(number).process;
    }

    private void post(String what, Runnable task) {
        kernel.trace(() -> "is asked for: " + what);
        loop.post(task);
    }

    private void carryOut(Scenario.Kind kind, int number) {
        switch (kind) {
            case WALL_STEP -> kernel.stepWallClock(dice.between(-1_000_000, 1_000_000) * Kernel.NANOS_PER_SECOND);
            case TERM_TO_US -> kernel.inbox.send(Signals.TERM, 0);
            case SLOW_READER -> {
                kernel.descriptors.log().setFull(true);
                kernel.after(dice.spread(MILLI, 500 * MILLI), () -> kernel.descriptors.log().setFull(false));
            }
            case STRANGER -> stranger(Optional.empty());
            case OUTSIDE_SIGNAL -> outsideSignal(number);
            default -> post(kind + " p" + number, () -> ask(kind, number));
        }
    }

    /** On the loop's thread. */
    void ask(Scenario.Kind kind, int number) {
        SupervisedProcess process = process(number);
        switch (kind) {
            case START -> process.start();
            case STOP -> process.stop("asked to", OptionalInt.empty());
            case STOP_WITH_SIGNAL -> process.stop("asked to", OptionalInt.of(dice.any(1, 2, 15)));
            case RELAUNCH -> process.relaunch();
            case READY -> process.becameReady();
            case SIGNAL_LEADER -> signal(process, false);
            case SIGNAL_GROUP -> signal(process, true);
            case OUTSIDE_SIGNAL, TERM_TO_US, WALL_STEP, SLOW_READER, STRANGER -> {
                // Not for us.
            }
        }
    }

    private void signal(SupervisedProcess process, boolean group) {
        invariants.forward(() -> {
            try {
                process.signal(group, dice.any(1, 10, 15, 18, 20));
            } catch (LinuxException refused) {
                kernel.trace(() -> "refused: " + refused.getMessage());
            }
        });
    }

    /** Somebody signals one of ours: the leader as often as not. */
    private void outsideSignal(int number) {
        List<SimProcess> candidates = kernel.processes.all().stream()
                .filter(each -> each.isAlive() && each.origin == number)
                .toList();
        if (!candidates.isEmpty()) {
            SimProcess target = dice.chance(0.5) ? candidates.getFirst() : dice.pick(candidates);
            int signal = dice.any(9, 9, 15, 18, 19, 11);
            kernel.trace(() -> "from without, signal " + signal + " to " + target);
            kernel.signals.deliver(target, signal);
        }
    }

    /** A number is free again: as soon as the kernel gives it out, a stranger may have it. */
    private void freed(int pid) {
        if (!ending && strangers < MAX_STRANGERS && dice.chance(0.6)) {
            kernel.after(dice.between(2 * Kernel.NANOS_PER_TICK + 1, 100 * MILLI), () -> stranger(Optional.of(pid)));
        }
    }

    private void stranger(Optional<Integer> pid) {
        SimProcess parent = kernel.processes.elsewhere;
        Optional<SimProcess> born = pid.isPresent()
                ? kernel.processes.createAs(pid.get(), parent, SimProcess.STRANGER)
                : kernel.processes.create(parent, SimProcess.STRANGER);
        born.ifPresent(stranger -> {
            strangers++;
            // A thread of ours must be able to tell it by its start time.
            kernel.faults.happened(Faults.Kind.PID_REUSED);
            kernel.trace(() -> "is born: " + stranger);
            kernel.runner.start(stranger, programs.stranger());
        });
    }

    private void end() {
        ending = true;
        kernel.descriptors.log().setFull(false);
        post("the end", () -> invariants.ledgers().forEach(each -> ask(Scenario.Kind.STOP, each.number())));
        kernel.after(ADMINISTRATOR_AFTER, () -> administrate(20));
    }

    private boolean isConcerned(SimProcess candidate) {
        return candidate.origin != SimProcess.STRANGER || candidate.descendsFrom(kernel.processes.us);
    }

    private void administrate(int rounds) {
        kernel.faults.end();
        List<SimProcess> left = kernel.processes.all().stream()
                .filter(each -> each.isAlive() && isConcerned(each))
                .toList();
        left.forEach(each -> kernel.trace(() -> "the administrator kills " + each));
        left.forEach(each -> kernel.signals.deliver(each, Signals.KILL));
        if (!left.isEmpty() && rounds > 0) {
            kernel.after(5 * Kernel.NANOS_PER_SECOND, () -> administrate(rounds - 1));
        }
    }
}
