package dev.gatun.spawner.check;

import static java.util.Objects.requireNonNull;

import dev.gatun.spawner.message.SpawnerCapabilities;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One thing that is tried, each time with a spawner of its own.
 *
 * @param name for the command line: {@code exit-codes}
 * @param chapter where the protocol says so
 * @param proves what a spawner does that passes, as a clause
 * @param transports over which it makes sense
 * @param needs what the spawner has to claim for it to make sense
 */
public record Check(
        String name, Chapter chapter, String proves, Set<Transport> transports, Set<Need> needs, Trial trial) {

    /** What is done and judged. */
    @FunctionalInterface
    interface Trial {
        /**
         * Tries.
         *
         * @throws Unmet with what was expected and what came
         * @throws NotApplicable where it turns out that this spawner has no such thing
         */
        void run(Stage stage);
    }

    public Check {
        requireNonNull(name);
        requireNonNull(chapter);
        requireNonNull(proves);
        transports = Set.copyOf(transports);
        needs = Set.copyOf(needs);
        requireNonNull(trial);
    }

    @Override
    public String toString() {
        return name;
    }

    static Check of(String name, Chapter chapter, String proves, Trial trial, Need... needs) {
        return new Check(name, chapter, proves, EnumSet.allOf(Transport.class), Set.of(needs), trial);
    }

    Check over(Transport transport) {
        return new Check(name, chapter, proves, Set.of(transport), needs, trial);
    }

    /**
     * Why there is nothing to try.
     *
     * @param claims empty where the spawner has not even said what it can do
     */
    Optional<String> whySkipped(Optional<SpawnerCapabilities> claims) {
        for (Need need : Need.values()) {
            if (needs.contains(need)) {
                if (claims.isEmpty()) {
                    return Optional.of("hello did not tell whether " + need.words());
                } else if (!need.isMetBy(claims.get())) {
                    return Optional.of("only where " + need.words());
                }
            }
        }
        return Optional.empty();
    }
}
