package dev.gatun.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of a simulation: equal seeds, equal throws. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Others, independent of what these throw from now on. */
    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return least + random.nextLong(most - least + 1);
    }

    /** Between the two, small values as likely as large ones: each order of magnitude has its share. */
    long spread(long least, long most) {
        double low = Math.log(least + 1.0);
        double high = Math.log(most + 1.0);
        return Math.clamp((long) Math.exp(low + (high - low) * random.nextDouble()) - 1, least, most);
    }

    double unit() {
        return random.nextDouble();
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    final <T> T any(T... choices) {
        return choices[below(choices.length)];
    }
}
