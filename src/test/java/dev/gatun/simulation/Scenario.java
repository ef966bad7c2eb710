package dev.gatun.simulation;

import dev.gatun.lifecycle.Policy;
import dev.gatun.process.ProcessSetup.Grouping;
import dev.gatun.process.TreeScope;
import java.util.ArrayList;
import java.util.List;

/**
 * A world, drawn from a seed.
 *
 * @param role what we are in it
 * @param root whether we may signal everybody
 * @param pidSpace how many pids there are
 * @param jobControl whether we look for stopped children
 * @param faults what goes wrong
 * @param supervisees what we supervise
 * @param acts what people and other programs do
 * @param restlessness probability that the listener itself asks for something when it hears of a transition
 * @param endNanos when everything is asked to stop
 */
record Scenario(
        Role role,
        boolean root,
        int pidSpace,
        boolean jobControl,
        Faults.Profile faults,
        List<Supervisee> supervisees,
        List<Deed> acts,
        double restlessness,
        long endNanos) {

    private static final long MILLI = Kernel.NANOS_PER_MILLI;

    enum Role {
        /** Init of a PID namespace. */
        PID_1,
        SUBREAPER,
        /** With a signalfd, and orphans go to init all the same. */
        PLAIN,
        /** In somebody else's program: no signalfd, and orphans go to init. */
        EMBEDDED
    }

    /**
     * One process to supervise.
     *
     * @param execErrno what the execution of its program answers, 0 where it works
     * @param programs one for each start, over and over
     */
    record Supervisee(
            Policy policy, Grouping grouping, TreeScope scope, int execErrno, List<Program> programs) {}

    /** What somebody does. */
    enum Kind {
        START, STOP, STOP_WITH_SIGNAL, RELAUNCH, READY, SIGNAL_LEADER, SIGNAL_GROUP, OUTSIDE_SIGNAL, TERM_TO_US,
        WALL_STEP, SLOW_READER, STRANGER
    }

    /**
     * One deed.
     *
     * @param supervised to which process it is done
     */
    record Deed(long nanos, Kind kind, int supervised) {}

    static Scenario draw(Dice dice) {
        Role role = dice.any(Role.values());
        long end = dice.spread(20 * MILLI, 4_000 * MILLI);
        int count = dice.chance(0.4) ? 1 : 1 + dice.below(4);
        Policies policies = new Policies(dice);
        Programs programs = new Programs(dice);
        List<Supervisee> supervisees = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean all = count == 1 && role != Role.EMBEDDED && dice.chance(0.7);
            supervisees.add(new Supervisee(
                    policies.draw(),
                    dice.any(Grouping.PROCESS_GROUP, Grouping.PROCESS_GROUP, Grouping.SESSION, Grouping.SHARED),
                    all ? TreeScope.ALL_DESCENDANTS : TreeScope.OWN,
                    dice.chance(0.06) ? dice.any(Faults.ENOENT, Faults.EACCES, Faults.ENOEXEC) : 0,
                    programs.drawSome()));
        }
        return new Scenario(
                role,
                dice.chance(0.5),
                24 + dice.below(100),
                dice.chance(0.5),
                profile(dice, end),
                supervisees,
                deeds(dice, count, end),
                dice.any(0.0, 0.0, 0.03, 0.1),
                end);
    }

    private static Faults.Profile profile(Dice dice, long end) {
        boolean exhausted = dice.chance(0.2);
        long from = exhausted ? dice.between(1, end) : 0;
        long until = exhausted ? from + dice.spread(MILLI, 2_000 * MILLI) : 0;
        return new Faults.Profile(dice.below(30), dice.any(0.0, 0.005, 0.02, 0.08), from, until);
    }

    private static List<Deed> deeds(Dice dice, int count, long end) {
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deeds.add(new Deed(dice.chance(0.8) ? 0 : dice.between(0, end), Kind.START, i));
        }
        int more = dice.below(12);
        for (int i = 0; i < more; i++) {
            long nanos = dice.chance(0.5) ? dice.between(0, end) : dice.spread(0, end);
            deeds.add(new Deed(nanos, dice.any(Kind.values()), dice.below(count)));
        }
        return deeds;
    }
}
