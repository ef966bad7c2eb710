package dev.gatun.simulation;

import java.util.ArrayList;
import java.util.List;

/** Draws programs: well-behaved ones, and what operators fear. */
final class Programs {

    private static final long MILLI = Kernel.NANOS_PER_MILLI;
    private static final int MAX_FORKS = 14;

    private final Dice dice;
    private int forksLeft;

    Programs(Dice dice) {
        this.dice = dice;
    }

    /** What one supervised process runs at its starts. */
    List<Program> drawSome() {
        List<Program> programs = new ArrayList<>();
        int count = 1 + dice.below(3);
        for (int i = 0; i < count; i++) {
            programs.add(draw());
        }
        return programs;
    }

    Program draw() {
        forksLeft = MAX_FORKS;
        return switch (dice.below(8)) {
            case 0 -> new Program(List.of(new Act.Exit(dice.any(0, 0, 1, 7))), new Act.Obey(), true);
            case 1 -> daemon();
            case 2 -> bomb(1 + dice.below(3));
            case 3 -> keeper();
            default -> mixed(0);
        };
    }

    private Act.Pause pause() {
        return new Act.Pause(dice.spread(1_000, 1_500 * MILLI));
    }

    private Act end() {
        return dice.chance(0.75)
                ? new Act.Exit(dice.any(0, 0, 1, 2, 255))
                : new Act.Die(dice.any(6, 9, 11, 15), dice.chance(0.5));
    }

    private Program mixed(int depth) {
        List<Act> acts = new ArrayList<>();
        int count = dice.below(6);
        for (int i = 0; i < count; i++) {
            acts.add(any(depth));
        }
        if (dice.chance(0.6)) {
            acts.add(pause());
            acts.add(end());
        }
        return new Program(acts, reaction(depth), dice.chance(0.7));
    }

    private Act any(int depth) {
        return switch (dice.below(12)) {
            case 0, 1, 2 -> fork(depth);
            case 3 -> new Act.NewSession();
            case 4 -> new Act.NewGroup();
            case 5 -> new Act.Suspend(dice.spread(MILLI, 800 * MILLI));
            case 6 -> dice.chance(0.5) ? new Act.DiskWait(dice.spread(MILLI, 3_000 * MILLI)) : pause();
            case 7 -> dice.chance(0.3) ? new Act.ChangeUser() : pause();
            default -> pause();
        };
    }

    private Act fork(int depth) {
        if (depth >= 3 || forksLeft <= 0) {
            return pause();
        }
        forksLeft--;
        return new Act.Fork(mixed(depth + 1));
    }

    private Act.Reaction reaction(int depth) {
        return switch (dice.below(6)) {
            case 0, 1, 2 -> new Act.Obey();
            case 3 -> new Act.Ignore();
            case 4 -> new Act.Finish(List.of(new Act.Pause(dice.spread(0, 1_000 * MILLI)), end()));
            default -> new Act.Finish(List.of(fork(depth), fork(depth), end()));
        };
    }

    /** Leaves its parent, its group and its session, as daemons do. */
    private Program daemon() {
        Program daemon = new Program(List.of(pause(), fork(2)), reaction(2), true);
        List<Act> middle = List.of(new Act.NewSession(), new Act.Fork(daemon), new Act.Exit(0));
        List<Act> first = List.of(new Act.Fork(new Program(middle, new Act.Obey(), true)), pause(), end());
        return new Program(first, reaction(2), dice.chance(0.5));
    }

    /** Each one forks two and goes. */
    private Program bomb(int depth) {
        if (depth == 0) {
            return new Program(List.of(pause(), end()), reaction(3), true);
        }
        Act pause = new Act.Pause(dice.spread(0, 3 * MILLI));
        return new Program(
                List.of(new Act.Fork(bomb(depth - 1)), pause, new Act.Fork(bomb(depth - 1)), end()),
                dice.any(new Act.Obey(), new Act.Ignore()),
                false);
    }

    /** Has children that end, and never waits for them. */
    private Program keeper() {
        Program child = new Program(List.of(pause(), end()), new Act.Obey(), true);
        return new Program(List.of(new Act.Fork(child), new Act.Fork(child), pause()), reaction(3), false);
    }

    /**
     * A process that is none of our business, with a group or a session of its own number, which may have been one of
     * ours. If it has a child in there it stays. Should it go and leave the child behind, nobody could tell that group
     * from the one that we look for: between two looks all pids would have been given out once, and that is left out.
     */
    Program stranger() {
        forksLeft = 2;
        List<Act> acts = new ArrayList<>();
        acts.add(dice.any(new Act.NewSession(), new Act.NewGroup(), pause()));
        if (dice.chance(0.5)) {
            acts.add(new Act.Fork(mixed(3)));
            return new Program(acts, new Act.Obey(), true);
        }
        acts.add(pause());
        if (dice.chance(0.6)) {
            acts.add(end());
        }
        return new Program(acts, new Act.Obey(), true);
    }
}
